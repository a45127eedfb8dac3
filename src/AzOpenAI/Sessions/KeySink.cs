using System.Collections;
using System.Management.Automation;
using System.Net;
using System.Security;

namespace AzOpenAI.Sessions;

/// <summary>
/// Runs the script block that receives a new key. Any error counts as a failure, even one that a script would only print, and so does the exit code of
/// a program: a key that wasn't stored must not be considered stored. Only on the pipeline thread.
/// </summary>
internal static class KeySink
{
    // Functions in modules don't use the caller's preferences, so errors are captured from the stream.
    private const string Wrapper = "param($Sink, $Variables, $Key) $Sink.InvokeWithContext($null, $Variables, @($Key)) 2>&1";

    /// <summary>Passes the key, as <c>$_</c> and as the first argument. The output of the script block is ignored.</summary>
    /// <param name="sink">The script block.</param>
    /// <param name="key">Its argument.</param>
    /// <param name="errors">The session's $Error, from which the key is removed; or null.</param>
    /// <returns>Null, or the reason of the failure, without the key.</returns>
    public static string? Run(ScriptBlock sink, RotatedKey key, ArrayList? errors)
    {
        try
        {
            return Invoke(sink, key);
        }
        finally
        {
            Forget(errors, key.Key);
        }
    }

    private static string? Invoke(ScriptBlock sink, RotatedKey key)
    {
        List<PSVariable> variables =
        [
            new PSVariable("_", key),
            new PSVariable("ErrorActionPreference", ActionPreference.Stop),
            new PSVariable("PSNativeCommandUseErrorActionPreference", true),
        ];
        try
        {
            foreach (PSObject? item in ScriptBlock.Create(Wrapper).Invoke(sink, variables, key))
            {
                // A program's error stream doesn't mean failure; its exit code does.
                if (item?.BaseObject is ErrorRecord error && !error.FullyQualifiedErrorId.StartsWith("NativeCommandError", StringComparison.Ordinal))
                    return Describe(error.ToString(), key.Key);
            }

            return null;
        }
        catch (Exception exception) when (Find<PipelineStoppedException>(exception) is null)
        {
            while (exception is MethodInvocationException && exception.InnerException is Exception inner)
                exception = inner;
            string text = exception is IContainsErrorRecord { ErrorRecord: ErrorRecord record } ? record.ToString() : exception.Message;
            return Describe(text, key.Key);
        }
    }

    // The engine records the script block's exception and the one around it in $Error. Our own error reports the failure without the key.
    private static void Forget(ArrayList? errors, SecureString secret)
    {
        if (errors is null)
            return;
        string key = new NetworkCredential("", secret).Password;
        for (int i = errors.Count - 1; i >= 0; i--)
        {
            Exception? exception = errors[i] is IContainsErrorRecord { ErrorRecord: ErrorRecord inner } ? inner.Exception : (errors[i] as ErrorRecord)?.Exception ?? errors[i] as Exception;
            bool isWrapper = exception is MethodInvocationException && exception.Message.Contains(nameof(ScriptBlock.InvokeWithContext), StringComparison.Ordinal);
            if (isWrapper || $"{errors[i]} {exception}".Contains(key, StringComparison.Ordinal))
                errors.RemoveAt(i);
        }
    }

    private static string Describe(string text, SecureString secret)
    {
        string line = string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return line.Replace(new NetworkCredential("", secret).Password, "***", StringComparison.Ordinal).TrimEnd('.');
    }

    private static T? Find<T>(Exception? exception)
        where T : Exception
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is T found)
                return found;
        }

        return null;
    }
}
