using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging;

namespace Parallax.Dashboard.Live;

/// <summary>Razor components to HTML text, for whole pages and for the parts that are sent while they are open.</summary>
public sealed class Rendering(IServiceProvider services, ILoggerFactory logs)
{
    /// <remarks>A renderer keeps what it rendered for as long as it lives, so each text gets its own.</remarks>
    public async Task<string> HtmlAsync<TComponent>(Dictionary<string, object?> parameters)
        where TComponent : IComponent =>
        await HtmlAsync(typeof(TComponent), parameters);

    public async Task<string> HtmlAsync(Type component, Dictionary<string, object?> parameters)
    {
        await using var renderer = new HtmlRenderer(services, logs);
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync(component, ParameterView.FromDictionary(parameters))).ToHtmlString());
    }
}
