using System.Collections;
using System.Management.Automation;
using System.Text.Json;
using AzOpenAI.Chat;
using AzOpenAI.Core.DataPlane.Chat;
using AzOpenAI.Core.Errors;
using AzOpenAI.Files;
using AzOpenAI.Json;

namespace AzOpenAI.Commands;

/// <content>The settings for all calls, read before the first one. An error in them ends the command, because it affects every input.</content>
public sealed partial class InvokeAzOpenAIChatCommand
{
    private async Task<ChatSetup> PrepareAsync(CancellationToken cancellationToken)
    {
        if (!HasAttachments && Schema is null && As is null && Metadata is null && ExtraBody is null && ExtraHeader is null && !StreamText && !HasTools && Conversation is null)
            return ChatSetup.None;
        try
        {
            RefuseConflicts();
            return new ChatSetup
            {
                Tools = await PrepareToolsAsync().ConfigureAwait(false),
                Attachments = await ReadAttachmentsAsync(cancellationToken).ConfigureAwait(false),
                Reader = await CreateReaderAsync(cancellationToken).ConfigureAwait(false),
                Metadata = Metadata?.Cast<DictionaryEntry>().ToDictionary(static pair => Text(pair.Key), static pair => Text(pair.Value)),
                ExtraBody = ExtraBody is null ? null : JsonObject(ExtraBody),
                ExtraHeaders = ExtraHeader?.Cast<DictionaryEntry>().ToDictionary(static pair => Text(pair.Key), static pair => HeaderValue(pair.Value)),
            };
        }
        catch (AzOpenAIException mistake)
        {
            await ThrowTerminatingErrorAsync(CreateErrorRecord(mistake)).ConfigureAwait(false);
            throw;
        }
    }

    private void RefuseConflicts()
    {
        string? other = Schema is not null ? "-Schema" : As is not null ? "-As" : IncludeInput ? "-IncludeInput" : ChoiceCount > 1 ? "-ChoiceCount greater than 1" : null;
        if (StreamText && other is not null)
            throw Failure.Of(nameof(Messages.ParameterConflict), ErrorKind.InvalidInput, "-StreamText", other);
        RefuseConversationConflicts();
    }

    private async Task<IReadOnlyList<ChatContentPart>> ReadAttachmentsAsync(CancellationToken cancellationToken)
    {
        List<ChatContentPart> parts = [];
        foreach (object? image in AttachedFile.Items(Image))
        {
            AttachedFile file = await AttachedFile.ReadAsync(image, this, cancellationToken).ConfigureAwait(false);
            parts.Add(file.Address is { } address ? ChatAttachments.ImageAddress(address, ImageDetail) : ChatAttachments.Image(file.Data, file.Name, ImageDetail));
        }

        foreach (object? item in File ?? [])
        {
            if (item is string { Length: > 5 } id && id.StartsWith("file-", StringComparison.Ordinal) && !id.AsSpan().ContainsAny('/', '\\', '.'))
            {
                parts.Add(ChatContentPart.FromFileId(id));
                continue;
            }

            AttachedFile file = await AttachedFile.ReadAsync(item, this, cancellationToken).ConfigureAwait(false);
            parts.Add(file.Address is { } address
                ? throw Failure.Of(nameof(Messages.FileUnsupported), ErrorKind.InvalidInput, address, "files can't be downloaded from a URL")
                : ChatAttachments.File(file.Data, Path.GetFileName(file.Name)));
        }

        return parts;
    }

    private async Task<AnswerReader?> CreateReaderAsync(CancellationToken cancellationToken)
    {
        if (Schema is null)
            return As is null ? null : new AnswerReader(AnswerForm.Create(TypeSchema.Of(As), As.Name), As);
        object schema = Schema is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : Schema;
        string json = schema switch
        {
            string text when text.AsSpan().TrimStart().StartsWith("{") => text,
            string or FileInfo => global::System.Text.Encoding.UTF8.GetString(
                (await AttachedFile.ReadAsync(schema, this, cancellationToken).ConfigureAwait(false)).Data.Span).TrimStart('\uFEFF'),
            _ => PowerShellJson.Write(schema),
        };
        return new AnswerReader(AnswerForm.Create(json), As);
    }

    private static string JsonObject(object body)
    {
        object bare = body is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : body;
        string json = bare as string ?? PowerShellJson.Write(bare);
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? json
                : throw Failure.Of(nameof(Messages.ExtraBodyInvalid), ErrorKind.InvalidInput, $"its JSON kind is {document.RootElement.ValueKind}");
        }
        catch (JsonException exception)
        {
            throw Failure.Of(nameof(Messages.ExtraBodyInvalid), ErrorKind.InvalidInput, $"line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1} isn't valid JSON");
        }
    }

    private static string Text(object? value) => value is null ? "" : LanguagePrimitives.ConvertTo<string>(value);

    private static object HeaderValue(object? value) => value is PSObject wrapped ? HeaderValue(wrapped.BaseObject) : value as global::System.Security.SecureString ?? (object)Text(value);
}
