using Parallax.Dashboard.Tests;

namespace Parallax.Journey.Tests;

/// <summary>Each demo is a venue, an engine and a page: side by side on a small machine they would slow each other down.</summary>
[CollectionDefinition(Name)]
public sealed class OneDemoAtATime : ICollectionFixture<BrowserFixture>
{
    public const string Name = "demo";
}
