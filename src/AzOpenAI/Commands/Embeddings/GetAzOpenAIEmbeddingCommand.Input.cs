using System.Collections;
using System.Collections.ObjectModel;
using System.Management.Automation;
using AzOpenAI.Core.Errors;
using AzOpenAI.Parameters;

namespace AzOpenAI.Commands;

/// <content>The input: texts, and objects with a text. Runs on the pipeline thread.</content>
public sealed partial class GetAzOpenAIEmbeddingCommand
{
    private int _taken;

    [Parameter(Position = 0)]
    [AllowEmptyCollection]
    [AllowEmptyString]
    [AllowNull]
    public object?[]? Text { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public object? Property { get; set; }

    private ScriptBlock? PropertyScript => (Property is PSObject wrapped ? wrapped.BaseObject : Property) as ScriptBlock;

    private void Take()
    {
        ErrorTarget = null;
        try
        {
            if (!MyInvocation.ExpectingInput && !IsBound(nameof(InputObject)))
            {
                if (Text is not { Length: > 0 })
                    throw Failure.Of(nameof(Messages.TextMissing), ErrorKind.InvalidInput);
                TakeTexts();
            }
            else if (InputObject?.BaseObject is IConnectionSource)
            {
                // Earlier inputs are sent to their own connection.
                Close();
                Send();
                TakeConnection(InputObject);
                if (Text is not { Length: > 0 })
                    throw Failure.Of(nameof(Messages.TextMissing), ErrorKind.InvalidInput);
                TakeTexts();
                Close();
            }
            else if (Text is not null)
            {
                // Later inputs would fail too.
                ThrowTerminatingError(CreateErrorRecord(Failure.Of(nameof(Messages.ParameterConflict), ErrorKind.InvalidInput, "-Text", "texts from the pipeline")));
            }
            else
            {
                TakeOne(InputObject);
            }
        }
        catch (AzOpenAIException failure)
        {
            WriteError(CreateErrorRecord(failure));
        }
    }

    private void TakeTexts()
    {
        foreach (object? text in Text ?? [])
        {
            try
            {
                TakeOne(text is null ? null : PSObject.AsPSObject(text));
            }
            catch (AzOpenAIException failure)
            {
                WriteError(CreateErrorRecord(failure));
            }

            Send();
        }
    }

    private void TakeOne(PSObject? input)
    {
        int position = _taken++;
        ErrorTarget = input is { BaseObject: PSCustomObject } ? input : input?.BaseObject;
        string text = input is null ? "" : Property is null ? ChatText.Of(input) : OfProperty(input, position);
        if (string.IsNullOrWhiteSpace(text))
            throw Failure.Of(nameof(Messages.EmbeddingTextEmpty), ErrorKind.InvalidInput, position);
        if (_open.Texts.Count > 0 && _open.Tokens + EmbeddingBatch.Estimate(text) > _tokenLimit)
            Close();
        _open.Add(text, input, position);
        if (_open.Texts.Count >= _sizeLimit)
            Close();
    }

    private void Close()
    {
        if (_open.Texts.Count == 0)
            return;
        _full.Enqueue(_open);
        _open = new EmbeddingBatch();
    }

    private string OfProperty(PSObject input, int position)
    {
        ConnectionIdentity.RefuseDeserialized(input);
        if (PropertyScript is { } script)
            return OfScript(script, input, position);
        string name = LanguagePrimitives.ConvertTo<string>(Property);
        if (input.BaseObject is IDictionary map)
            return map.Contains(name) ? Show(map[name]) : throw Failure.Of(nameof(Messages.EmbeddingPropertyMissing), ErrorKind.InvalidInput, position, name);
        return input.Properties[name] is { } property
            ? Show(property.Value)
            : throw Failure.Of(nameof(Messages.EmbeddingPropertyMissing), ErrorKind.InvalidInput, position, name);
    }

    private static string OfScript(ScriptBlock script, PSObject input, int position)
    {
        try
        {
            Collection<PSObject> made = script.InvokeWithContext(null, [new PSVariable("_", input), new PSVariable("PSItem", input)]);
            return string.Join('\n', made.Where(static part => part is not null).Select(ChatText.Of));
        }
        catch (RuntimeException exception) when (exception is not PipelineStoppedException)
        {
            throw Failure.Of(nameof(Messages.EmbeddingPropertyFailed), ErrorKind.InvalidInput, position, exception.Message.ReplaceLineEndings(" ").TrimEnd('.'));
        }
    }

    private static string Show(object? value) => value is null ? "" : ChatText.Of(PSObject.AsPSObject(value));
}
