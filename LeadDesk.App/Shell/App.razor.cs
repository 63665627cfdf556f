using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;

namespace LeadDesk.App.Shell;

/// <summary>The document: interactive for the desk, plain for the account pages.</summary>
public sealed partial class App
{
    private static readonly IComponentRenderMode Interactive = new InteractiveServerRenderMode(prerender: false);

    [Inject] public required TimeProvider Clock { get; init; }
    [CascadingParameter] private HttpContext? Request { get; set; }

    private static string Language => CultureInfo.CurrentUICulture.Name.Length == 0 ? "en" : CultureInfo.CurrentUICulture.Name;
    private Look Look => Look.Of(Request?.Request.Cookies);
    private IComponentRenderMode? Mode => Request?.AcceptsInteractiveRouting() == true ? Interactive : null;
}
