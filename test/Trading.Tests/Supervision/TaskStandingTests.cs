using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.Trading.Decisions;
using Parallax.Trading.Supervision;
using Parallax.Trading.Tests.Engine;

namespace Parallax.Trading.Tests.Supervision;

/// <summary>A venue whose feed or orders have failed is not traded; a venue is not halted by what it does not depend on.</summary>
public sealed class TaskStandingTests
{
    private readonly HandFed _hand = new();

    [Theory]
    [InlineData(TaskState.Failed)]
    [InlineData(TaskState.Stopped)]
    public void C13_a_venue_whose_task_is_down_is_refused_by_name_until_the_task_runs_again(TaskState state)
    {
        Tell(HandFed.Venue, "feed", state);
        _hand.Open();
        var refused = _hand.Only<OpportunityRefused>();
        Assert.Equal(("task-down", 4m), (refused.Reason, refused.Value));
        Assert.Empty(_hand.Orders);

        Tell(HandFed.Venue, "feed", TaskState.Running);
        _hand.Quiet().Open();
        Assert.Single(_hand.Orders);
    }

    [Fact]
    public void C13_a_task_on_which_no_order_depends_halts_nothing()
    {
        Tell(null, "alerts", TaskState.Stopped);
        Tell(new VenueId("elsewhere"), "feed", TaskState.Stopped);
        _hand.Open();

        Assert.Single(_hand.Orders);
    }

    private void Tell(VenueId? venue, string task, TaskState state) =>
        _hand.Input(TaskReport.RecordKind, new TaskReport(venue, task, state, 4, "an odd frame").Write(new PayloadWriter()));
}
