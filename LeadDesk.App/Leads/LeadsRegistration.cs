namespace LeadDesk.App.Leads;

public static class LeadsRegistration
{
    public static IServiceCollection AddLeads(this IServiceCollection services) => services
        .AddSingleton<PhoneNumbers>()
        .AddSingleton<SetLeadStage>()
        .AddSingleton<AddComment>()
        .AddSingleton<LogCall>()
        .AddSingleton<EditLeadDetails>()
        .AddSingleton<CreateLead>();
}
