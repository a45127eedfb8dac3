using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;
using Azure.Core;

namespace AzOpenAI.Core.Management.Arm;

/// <summary>A request's data for the policies of the pipeline, and their results.</summary>
internal sealed class ArmCall(ArmRequest request, OperationBudget budget)
{
    public ArmRequest Request => request;

    public OperationBudget Budget => budget;

    /// <summary>The secrets that the tries carried, to mask them in displayed text.</summary>
    public SecretRedactor Secrets { get; } = new();

    /// <summary>Why it wasn't retried.</summary>
    public RetryDecision LastDecision { get; set; }

    public static ArmCall Of(HttpMessage message) =>
        message.TryGetProperty(typeof(ArmCall), out object? call) && call is ArmCall armCall
            ? armCall
            : throw new InvalidOperationException("The request wasn't created by the Azure Resource Manager client.");
}
