namespace LeadDesk.App.Notifications;

public static class NotificationsRegistration
{
    public static IServiceCollection AddNotifications(this IServiceCollection services)
    {
        services.AddOptions<MailOptions>().BindConfiguration("Mail");
        return services
            .AddSingleton<InboxQuery>()
            .AddSingleton<MarkRead>()
            .AddSingleton<MailWishQuery>()
            .AddSingleton<WishForMail>()
            .AddSingleton<NotificationMail>();
    }
}
