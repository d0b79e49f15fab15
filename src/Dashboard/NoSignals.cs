using Microsoft.Extensions.Hosting;

namespace Parallax.Dashboard;

/// <summary>Leaves Ctrl-C and the signals of the system to whoever runs the session: the page ends when it is told to, last of all.</summary>
internal sealed class NoSignals : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
