namespace Parallax.Trading.Risk.Scores;

/// <summary>How often each way was tried and how often every leg of it filled.</summary>
public sealed class RouteHistory
{
    private readonly Dictionary<int, (long Fills, long Attempts)> _routes = [];

    /// <summary>Zeros before the first attempt.</summary>
    public (long Fills, long Attempts) this[int route] => _routes.GetValueOrDefault(route);

    /// <summary>An attempt counts when it has ended; until then it says nothing.</summary>
    public void End(int route, bool isFilled)
    {
        var (fills, attempts) = this[route];
        _routes[route] = (fills + (isFilled ? 1 : 0), attempts + 1);
    }
}
