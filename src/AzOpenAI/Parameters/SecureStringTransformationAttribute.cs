using System.Management.Automation;
using System.Security;

namespace AzOpenAI.Parameters;

/// <summary>Accepts a secret as plain text or as SecureString. Users must protect what they type; from here on it is a SecureString.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecureStringTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (value is not string text)
            return value;

        SecureString secret = new();
        foreach (char character in text)
            secret.AppendChar(character);
        secret.MakeReadOnly();
        return secret;
    }
}
