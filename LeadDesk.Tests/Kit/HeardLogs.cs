using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace LeadDesk.Tests.Kit;

/// <summary>Keeps every warning and error that the app logs; <c>builder.Logging.AddProvider(logs)</c>.</summary>
public sealed class HeardLogs : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _lines = new();

    public IReadOnlyCollection<string> Errors => [.. _lines.Where(l => l.Level >= LogLevel.Error).Select(l => l.Text)];

    public IReadOnlyCollection<string> Warnings => [.. _lines.Where(l => l.Level is LogLevel.Warning).Select(l => l.Text)];

    public ILogger CreateLogger(string categoryName) => new Listener(this, categoryName);

    public void Dispose() { }

    private sealed class Listener(HeardLogs logs, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                logs._lines.Enqueue((logLevel, $"{category}: {formatter(state, exception)} {exception}"));
            }
        }
    }
}
