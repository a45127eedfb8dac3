namespace AzOpenAI.Core.DataPlane.Limits;

/// <summary>Permission to send one request, and the state of the budget at that time.</summary>
/// <param name="At">When it was granted.</param>
/// <param name="Cost">Estimated tokens of the request.</param>
/// <param name="TokensBefore">Tokens granted in the minute before, including this request.</param>
internal readonly record struct Grant(TimeSpan At, long Cost, long TokensBefore);
