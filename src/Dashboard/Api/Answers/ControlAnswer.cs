namespace Parallax.Dashboard.Api.Answers;

/// <param name="Reason">Why, in one line of 1 to 200 characters. It goes into the journal.</param>
/// <param name="By">Which program asks: <c>cli</c>; nothing for any other. It goes into the journal. A page does not say it: its cookie does.</param>
public sealed record ControlRequest(string? Reason, string? By = null);

/// <param name="State">The session's state after it.</param>
/// <param name="Sentence">What came of it.</param>
public sealed record ControlAnswer(string State, string Sentence);
