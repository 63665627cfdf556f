using LeadDesk.App;
using LeadDesk.App.Storage;

try
{
    await using var app = DeskHost.Build(args);
    await DeskHost.PrepareAsync(app.Services);
    await app.RunAsync();
    return 0;
}
catch (DatabaseInUseException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 3;
}
