using LeadDesk.App.Leads.Grid;
using LeadDesk.App.Leads.Profile;

namespace LeadDesk.App.Leads;

public static class LeadsRegistration
{
    public static IServiceCollection AddLeads(this IServiceCollection services) => services
        .AddSingleton<PhoneNumbers>()
        .AddSingleton<SetLeadStage>()
        .AddSingleton<AddComment>()
        .AddSingleton<LogCall>()
        .AddSingleton<ApplyCallTag>()
        .AddSingleton<EditLeadDetails>()
        .AddSingleton<CreateLead>()
        .AddProfile()
        .AddGrid();
}
