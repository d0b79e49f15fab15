using System.Net;
using AngleSharp.Html.Parser;
using Parallax.Dashboard.Words;
using Parallax.Storage.Queries;

namespace Parallax.Dashboard.Tests;

[Collection(DeskTests.Name)]
public sealed class DeskPageTests(DeskFixture fixture)
{
    [Fact]
    public async Task The_desk_shows_the_figures_of_the_store()
    {
        await using var desk = await (await fixture.StartAsync()).ReadyAsync();
        var html = await desk.Client.GetStringAsync("/");
        var page = await new HtmlParser().ParseDocumentAsync(html);
        var figures = await fixture.Reader.FiguresAsync("USD", fixture.Run.Picture.StartedTime, CancellationToken.None);

        Assert.Equal(Show.Signed(figures.Realised), page.QuerySelector("#hero .big")!.TextContent);
        Assert.Equal("DEMO", page.QuerySelector(".mode")!.TextContent);
        Assert.Equal(14, page.QuerySelectorAll("#feed tbody tr").Length);
        Assert.Equal(30, page.QuerySelectorAll("#books li:not(.head)").Length);
        Assert.NotEmpty(page.QuerySelectorAll("#plans .legs .done"));
    }
}
