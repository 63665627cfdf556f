using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MudBlazor.Services;

namespace LeadDesk.Tests.Ui;

/// <summary>A page to render pieces on: loose script, MudBlazor's parts, a clock that stands still.</summary>
public sealed class UiPage : BunitContext
{
    public UiPage()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddSingleton<TimeProvider>(Clock);
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 24, 14, 12, 0, TimeSpan.Zero));
}
