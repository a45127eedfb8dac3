using System.Collections;
using System.Management.Automation;
using System.Net;
using System.Security;

namespace AzOpenAI.Sessions;

/// <summary>
/// Runs the script block that takes a new key over. Any error counts as a failure, one that a script would only print, too, and so does the exit code of
/// a program: a key that was not stored must not be taken for stored. Only on the pipeline thread.
/// </summary>
internal static class KeySink
{
    // The errors of functions in modules do not know the caller's preferences, so they are caught on their way out.
    private const string Wrapper = "param($Sink, $Variables, $Key) $Sink.InvokeWithContext($null, $Variables, @($Key)) 2>&1";

    /// <summary>Hands the key over, as <c>$_</c> and as the first argument. What the script block puts out is dropped.</summary>
    /// <param name="sink">The script block.</param>
    /// <param name="key">What it gets.</param>
    /// <param name="errors">The session's $Error, kept clear of the key; null where there is none.</param>
    /// <returns>Null, or why it failed, without the key.</returns>
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
                // What a program writes to its error stream is often no error; its exit code says that.
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

    // The engine keeps what the script block throws, and the wrapper's exception around it. What happened is told by our own error, without the key.
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
