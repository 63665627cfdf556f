namespace LeadDesk.App.Board;

public static class BoardRegistration
{
    public static IServiceCollection AddBoard(this IServiceCollection services) => services.AddSingleton<BoardQuery>();
}
