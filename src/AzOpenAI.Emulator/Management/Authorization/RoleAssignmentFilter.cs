using System.Text.RegularExpressions;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.Management.Authorization;

/// <summary>The $filter of a list of role assignments: <c>atScope()</c>, <c>principalId eq '{id}'</c>, <c>assignedTo('{id}')</c>, joined by <c>and</c>.</summary>
internal static partial class RoleAssignmentFilter
{
    /// <summary>True if an assignment is listed at the scope. Without atScope(), those below are included too.</summary>
    public static Func<RoleAssignmentState, bool> Parse(string? filter, string scope)
    {
        bool atScope = false;
        string? principal = null;
        foreach (string term in And().Split(filter ?? "").Select(t => t.Trim()).Where(t => t.Length > 0))
        {
            if (term.Equals("atScope()", StringComparison.OrdinalIgnoreCase))
            {
                atScope = true;
            }
            else if (Principal().Match(term) is { Success: true } match)
            {
                principal = match.Groups["id"].Value;
            }
            else
            {
                throw UnverifiedArmErrors.InvalidFilter(filter!);
            }
        }

        return assignment =>
            (assignment.HoldsAt(scope) || (!atScope && RoleAssignmentState.IsAtOrBelow(assignment.Scope, scope)))
            && (principal is null || principal.Equals(assignment.PrincipalId, StringComparison.OrdinalIgnoreCase));
    }

    [GeneratedRegex(@"\s+and\s+", RegexOptions.IgnoreCase)]
    private static partial Regex And();

    [GeneratedRegex(@"^(principalId\s+eq\s+'(?<id>[^']*)'|assignedTo\('(?<id>[^']*)'\))$", RegexOptions.IgnoreCase)]
    private static partial Regex Principal();
}
