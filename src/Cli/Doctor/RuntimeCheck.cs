using System.Runtime.InteropServices;

namespace Parallax.Cli.Doctor;

public sealed class RuntimeCheck : ICheck
{
    private const string Name = "runtime";

    /// <summary>One for the engine, one for everything around it.</summary>
    private const int CoresMin = 2;

    public Task<IReadOnlyList<Finding>> RunAsync(Surroundings surroundings, CancellationToken cancellation)
    {
        var found = $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.RuntimeIdentifier}, {Environment.ProcessorCount} cores";
        return Task.FromResult<IReadOnlyList<Finding>>(
        [
            Environment.ProcessorCount >= CoresMin
                ? Finding.Ok(Name, $"{found}.")
                : Finding.Warn(Name, $"{found}: the engine shares its core with the page and the store.", "give the machine a second core, or expect longer decisions"),
        ]);
    }
}
