namespace AzOpenAI.Core.DataPlane.Limits;

/// <summary>Leave to send one request, and what the budget looked like then.</summary>
/// <param name="At">When it was given.</param>
/// <param name="Cost">Tokens that the request is estimated to cost.</param>
/// <param name="TokensBefore">Tokens granted in the minute until then, this request included.</param>
internal readonly record struct Grant(TimeSpan At, long Cost, long TokensBefore);
