using System.Text.Json;

namespace LeadDesk.Bench.Circuits;

/// <summary>The scripts of one browser: modules that load and do nothing, and who waits to hear from them.</summary>
internal sealed class Scripts
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _keepers = [];
    private int _modules;

    /// <summary>Who takes the events of the page.</summary>
    public long Events { get; private set; }

    /// <summary>As JSON.</summary>
    public string Answer(string what, string args)
    {
        lock (_lock)
        {
            var given = JsonDocument.Parse(args).RootElement;
            var keeper = given.EnumerateArray().Select(a => Id(a, "__dotNetObject")).OfType<JsonElement>().Select(id => (long?)id.GetInt64()).FirstOrDefault();
            switch (what)
            {
                case "import":
                    return $$"""{"__jsObjectId":{{++_modules}}}""";
                case "register":
                    return "1";
                case "Blazor._internal.attachWebRendererInterop":
                    Events = keeper!.Value;
                    break;
                case "init" when keeper is { } self && given.EnumerateArray().Select(a => Id(a, "__internalId")).OfType<JsonElement>().Select(id => id.GetString()).FirstOrDefault() is { } element:
                    _keepers[element] = self;
                    break;
            }

            return "null";
        }
    }

    public long KeeperOf(Piece element)
    {
        lock (_lock)
        {
            return element.Reference is { } reference && _keepers.TryGetValue(reference, out var keeper)
                ? keeper : throw new InvalidOperationException($"No script watches <{element.Name} {element["class"]}>.");
        }
    }

    private static JsonElement? Id(JsonElement given, string name) => given.ValueKind is JsonValueKind.Object && given.TryGetProperty(name, out var id) ? id : null;
}
