namespace Parallax.Trading.Tests.Reconciliation;

/// <summary>Whatever is lost, late, repeated or cut, and wherever the process dies: nothing is forgotten, nothing sent twice, and the books balance.</summary>
public sealed class CrashPropertyTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void After_any_crashes_and_faults_the_ledger_is_the_venues_account_and_every_plan_has_an_end(bool hasInventory)
    {
        var (crashes, closed, resumed) = (0, 0, 0);
        for (var seed = 1UL; seed <= 400; seed++)
        {
            var session = new CrashingSession(seed, hasInventory);
            try
            {
                session.Run(150);
            }
            catch (Exception wrong)
            {
                throw new InvalidOperationException($"Seed {seed}: {wrong.Message}", wrong);
            }

            (crashes, closed, resumed) = (crashes + session.Crashes, closed + session.PlansClosed, resumed + session.Resumed);
        }

        Assert.True(crashes > 1_000 && closed > 500 && resumed > 500, $"{crashes} crashes, {closed} plans, {resumed} resumed: the test says little.");
    }
}
