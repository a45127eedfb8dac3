using System.ComponentModel;
using System.Management.Automation;
using AzOpenAI.Completers;
using AzOpenAI.Core.Management.ContentFilters;
using AzOpenAI.Parameters;

namespace AzOpenAI.Cmdlets;

/// <summary>
/// A cmdlet with the settings of a content filter. -Hate is for both sides; -HatePrompt and -HateCompletion for one of them take precedence.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ContentFilterSettingsCmdlet : ManagementCmdlet
{
    private const string Prompt = "Prompt";
    private const string Completion = "Completion";

    /// <summary>Hate on both sides.</summary>
    [Parameter]
    [ValidateSet("Off", "Annotate", "Low", "Medium", "High")]
    public string? Hate { get; set; }

    /// <summary>Hate in prompts.</summary>
    [Parameter]
    [ValidateSet("Off", "Annotate", "Low", "Medium", "High")]
    public string? HatePrompt { get; set; }

    /// <summary>Hate in completions.</summary>
    [Parameter]
    [ValidateSet("Off", "Annotate", "Low", "Medium", "High")]
    public string? HateCompletion { get; set; }

    /// <summary>Sexual content on both sides.</summary>
    [Parameter]
    [ValidateSet("Off", "Annotate", "Low", "Medium", "High")]
    public string? Sexual { get; set; }

    /// <summary>Sexual content in prompts.</summary>
    [Parameter]
    [ValidateSet("Off", "Annotate", "Low", "Medium", "High")]
    public string? SexualPrompt { get; set; }

    /// <summary>Sexual content in completions.</summary>
    [Parameter]
    [ValidateSet("Off", "Annotate", "Low", "Medium", "High")]
    public string? SexualCompletion { get; set; }

    /// <summary>Self-harm on both sides.</summary>
    [Parameter]
    [ValidateSet("Off", "Annotate", "Low", "Medium", "High")]
    public string? SelfHarm { get; set; }

    /// <summary>Self-harm in prompts.</summary>
    [Parameter]
    [ValidateSet("Off", "Annotate", "Low", "Medium", "High")]
    public string? SelfHarmPrompt { get; set; }

    /// <summary>Self-harm in completions.</summary>
    [Parameter]
    [ValidateSet("Off", "Annotate", "Low", "Medium", "High")]
    public string? SelfHarmCompletion { get; set; }

    /// <summary>Violence on both sides.</summary>
    [Parameter]
    [ValidateSet("Off", "Annotate", "Low", "Medium", "High")]
    public string? Violence { get; set; }

    /// <summary>Violence in prompts.</summary>
    [Parameter]
    [ValidateSet("Off", "Annotate", "Low", "Medium", "High")]
    public string? ViolencePrompt { get; set; }

    /// <summary>Violence in completions.</summary>
    [Parameter]
    [ValidateSet("Off", "Annotate", "Low", "Medium", "High")]
    public string? ViolenceCompletion { get; set; }

    /// <summary>Jailbreak attempts in prompts.</summary>
    [Parameter]
    [ValidateSet("Off", "Annotate", "Block")]
    public string? Jailbreak { get; set; }

    /// <summary>Instructions hidden in documents of the prompt.</summary>
    [Parameter]
    [ValidateSet("Off", "Annotate", "Block")]
    public string? IndirectAttack { get; set; }

    /// <summary>Protected text in completions.</summary>
    [Parameter]
    [ValidateSet("Off", "Annotate", "Block")]
    public string? ProtectedText { get; set; }

    /// <summary>Protected code in completions.</summary>
    [Parameter]
    [ValidateSet("Off", "Annotate", "Block")]
    public string? ProtectedCode { get; set; }

    /// <summary>Profanity on both sides.</summary>
    [Parameter]
    [ValidateSet("Off", "Annotate", "Block")]
    public string? Profanity { get; set; }

    /// <summary>Blocklists for both sides.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(BlocklistCompleter))]
    [AllowEmptyCollection]
    public BlocklistIdentity[]? Blocklist { get; set; }

    /// <summary>Blocklists for prompts.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(BlocklistCompleter))]
    [AllowEmptyCollection]
    public BlocklistIdentity[]? PromptBlocklist { get; set; }

    /// <summary>Blocklists for completions.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(BlocklistCompleter))]
    [AllowEmptyCollection]
    public BlocklistIdentity[]? CompletionBlocklist { get; set; }

    /// <summary>When the completion is checked.</summary>
    [Parameter]
    [ValidateSet("Default", "Blocking", "Asynchronous")]
    public string? Mode { get; set; }

    /// <summary>The base policy.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ContentFilterCompleter))]
    [ValidateNotNull]
    public ContentFilterIdentity? BasePolicy { get; set; }

    /// <summary>Validates the names and IDs in the parameters, before any request.</summary>
    private protected void CheckIdentities()
    {
        foreach (ChildIdentity? identity in (IEnumerable<ChildIdentity?>)[BasePolicy, .. Blocklist ?? [], .. PromptBlocklist ?? [], .. CompletionBlocklist ?? []])
            identity?.Check();
    }

    private protected ContentFilterRequest CreateRequest(Resource resource, string name, bool ensure = false) => new()
    {
        Resource = resource,
        Name = name,
        BasePolicy = BasePolicy?.NameOn(resource),
        Mode = Mode switch { null => null, _ when Mode.StartsWith('A') || Mode.StartsWith('a') => "Asynchronous_filter", _ => Canonical(Mode) },
        Settings = [.. Settings()],
        PromptBlocklists = Names(resource, PromptBlocklist ?? Blocklist),
        CompletionBlocklists = Names(resource, CompletionBlocklist ?? Blocklist),
        Ensure = ensure,
    };

    private IEnumerable<ContentFilterSetting> Settings()
    {
        (string Property, string Category, string Side, string? Level)[] all =
        [
            ("HatePrompt", "Hate", Prompt, HatePrompt ?? Hate),
            ("HateCompletion", "Hate", Completion, HateCompletion ?? Hate),
            ("SexualPrompt", "Sexual", Prompt, SexualPrompt ?? Sexual),
            ("SexualCompletion", "Sexual", Completion, SexualCompletion ?? Sexual),
            ("SelfHarmPrompt", "Selfharm", Prompt, SelfHarmPrompt ?? SelfHarm),
            ("SelfHarmCompletion", "Selfharm", Completion, SelfHarmCompletion ?? SelfHarm),
            ("ViolencePrompt", "Violence", Prompt, ViolencePrompt ?? Violence),
            ("ViolenceCompletion", "Violence", Completion, ViolenceCompletion ?? Violence),
            ("Jailbreak", "Jailbreak", Prompt, Jailbreak),
            ("IndirectAttack", "Indirect Attack", Prompt, IndirectAttack),
            ("ProtectedText", "Protected Material Text", Completion, ProtectedText),
            ("ProtectedCode", "Protected Material Code", Completion, ProtectedCode),
            ("Profanity", "Profanity", Prompt, Profanity),
            ("Profanity", "Profanity", Completion, Profanity),
        ];
        return all.Where(s => s.Level is not null).Select(s => new ContentFilterSetting(s.Property, s.Category, s.Side, Canonical(s.Level!)));
    }

    private static string[]? Names(Resource resource, BlocklistIdentity[]? lists) => lists is null ? null : [.. lists.Select(l => l.NameOn(resource))];

    // Case-insensitive for users, but not for the service and comparisons.
    private static string Canonical(string value) => char.ToUpperInvariant(value[0]) + value[1..].ToLowerInvariant();
}
