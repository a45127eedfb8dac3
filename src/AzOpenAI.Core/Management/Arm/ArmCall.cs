using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;
using Azure.Core;

namespace AzOpenAI.Core.Management.Arm;

/// <summary>What the policies of the pipeline have to know of a request, and what they found out.</summary>
internal sealed class ArmCall(ArmRequest request, OperationBudget budget)
{
    public ArmRequest Request => request;

    public OperationBudget Budget => budget;

    /// <summary>The secrets that the tries carried, for text that is shown.</summary>
    public SecretRedactor Secrets { get; } = new();

    /// <summary>Why no further try was made.</summary>
    public RetryDecision LastDecision { get; set; }

    public static ArmCall Of(HttpMessage message) =>
        message.TryGetProperty(typeof(ArmCall), out object? call) && call is ArmCall armCall
            ? armCall
            : throw new InvalidOperationException("The request wasn't created by the Azure Resource Manager client.");
}
