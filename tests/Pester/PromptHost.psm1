# A host whose user answers questions as the test says, and that keeps what was asked.

Add-Type -TypeDefinition @'
using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

public sealed class PromptHost : PSHost
{
    private readonly PromptHostInterface _ui;
    private readonly Guid _id = Guid.NewGuid();

    public PromptHost(string[] answers) { _ui = new PromptHostInterface(answers); }

    public List<string> Questions { get { return _ui.Questions; } }
    public List<int> Defaults { get { return _ui.Defaults; } }
    public override CultureInfo CurrentCulture { get { return CultureInfo.InvariantCulture; } }
    public override CultureInfo CurrentUICulture { get { return CultureInfo.InvariantCulture; } }
    public override Guid InstanceId { get { return _id; } }
    public override string Name { get { return "PromptHost"; } }
    public override PSHostUserInterface UI { get { return _ui; } }
    public override Version Version { get { return new Version(1, 0); } }
    public override void EnterNestedPrompt() { throw new NotSupportedException(); }
    public override void ExitNestedPrompt() { throw new NotSupportedException(); }
    public override void NotifyBeginApplication() { }
    public override void NotifyEndApplication() { }
    public override void SetShouldExit(int exitCode) { }
}

public sealed class PromptHostInterface : PSHostUserInterface
{
    private readonly Queue<string> _answers;

    public PromptHostInterface(string[] answers) { _answers = new Queue<string>(answers); }

    public List<string> Questions = new List<string>();
    public List<int> Defaults = new List<int>();
    public override PSHostRawUserInterface RawUI { get { return null; } }
    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) { throw new InvalidOperationException("nobody is here"); }
    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) { throw new NotSupportedException(); }
    public override PSCredential PromptForCredential(string c, string m, string u, string t, PSCredentialTypes types, PSCredentialUIOptions options) { throw new NotSupportedException(); }
    public override string ReadLine() { throw new NotSupportedException(); }
    public override SecureString ReadLineAsSecureString() { throw new NotSupportedException(); }
    public override void Write(string value) { }
    public override void Write(ConsoleColor f, ConsoleColor b, string value) { }
    public override void WriteLine(string value) { }
    public override void WriteDebugLine(string message) { }
    public override void WriteErrorLine(string value) { }
    public override void WriteProgress(long sourceId, ProgressRecord record) { }
    public override void WriteVerboseLine(string message) { }
    public override void WriteWarningLine(string message) { }

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        Questions.Add(caption + "\n" + message);
        Defaults.Add(defaultChoice);
        if (_answers.Count == 0) throw new InvalidOperationException("nobody is here");
        string answer = _answers.Dequeue();
        if (answer.Length == 0) return defaultChoice;
        for (int i = 0; i < choices.Count; i++)
            if (choices[i].Label.Replace("&", "") == answer) return i;
        throw new ArgumentException("no such choice: " + answer);
    }
}
'@

<# Runs a script in a runspace of its own, whose user gives the answers, and returns what it put out, the streams and the questions. #>
function Invoke-WithAnswer {
    param([Parameter(Mandatory)] [string] $Script, [string[]] $Answer = @(), [hashtable] $Variable = @{}, [Parameter(Mandatory)] [string] $ModulePath)
    $user = [PromptHost]::new($Answer)
    $runspace = [runspacefactory]::CreateRunspace($user)
    $runspace.Open()
    try {
        foreach ($name in $Variable.Keys) { $runspace.SessionStateProxy.SetVariable($name, $Variable[$name]) }
        $runspace.SessionStateProxy.SetVariable('modulePath', $ModulePath)
        $shell = [PowerShell]::Create($runspace).AddScript("Import-Module `$modulePath; $Script")
        $output = $shell.Invoke()
        [pscustomobject]@{
            Output = @($output)
            Errors = @($shell.Streams.Error)
            Warnings = @($shell.Streams.Warning)
            Questions = @($user.Questions)
            Defaults = @($user.Defaults)
        }
        $shell.Dispose()
    }
    finally {
        $runspace.Dispose()
    }
}

Export-ModuleMember -Function Invoke-WithAnswer
