namespace Parallax.Cli.Doctor;

/// <summary>One look at one thing. It changes nothing, and what is wrong is a finding, not an exception.</summary>
public interface ICheck
{
    Task<IReadOnlyList<Finding>> RunAsync(Surroundings surroundings, CancellationToken cancellation);
}
