using AzOpenAI.Core.Errors;

namespace AzOpenAI.Core.DataPlane.Transport;

/// <summary>Determines why access was denied: the service uses 401 and 403 for six different reasons, and a missing role is a 401.</summary>
internal static class AccessFailure
{
    /// <summary>Creates the exception for a 401.</summary>
    public static AzOpenAIException Unauthorized(DataPlaneCall call, string message, AnswerFacts facts)
    {
        if (Says(message, "Principal does not have access", "lacks the required data action"))
            return ServiceFailure.RoleMissing(call, facts);
        string host = call.Target.Host;
        return call.Session.Connection.Authentication switch
        {
            AuthenticationKind.EntraId => Failure.Of(nameof(Messages.EntraTokenRejected), ErrorKind.Authentication, facts, host, call.Session.Scope),
            AuthenticationKind.Header => Failure.Of(nameof(Messages.HeadersRejected), ErrorKind.Authentication, facts, host),
            _ => Failure.Of(nameof(Messages.InvalidKey), ErrorKind.Authentication, facts, host),
        };
    }

    /// <summary>Creates the exception for a 403.</summary>
    public static AzOpenAIException Forbidden(DataPlaneCall call, string message, AnswerFacts facts)
    {
        string host = call.Target.Host;
        if (Says(message, "Key based authentication is disabled"))
            return Failure.Of(nameof(Messages.KeysDisabled), ErrorKind.NotAvailable, facts, host);
        if (Says(message, "Virtual Network", "Firewall rules", "Public access is disabled", "private endpoint"))
            return Failure.Of(nameof(Messages.NetworkAccessDenied), ErrorKind.PermissionDenied, facts, host, message);
        if (Says(message, "temporarily blocked"))
            return Failure.Of(nameof(Messages.ResourceBlocked), ErrorKind.NotAvailable, facts, host);
        return Failure.Of(nameof(Messages.AccessDenied), ErrorKind.PermissionDenied, facts, host, message);
    }

    private static bool Says(string message, params ReadOnlySpan<string> words)
    {
        foreach (string word in words)
        {
            if (message.Contains(word, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
