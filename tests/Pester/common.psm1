# Shared by all Pester files: import it in BeforeAll. What a test arranges or looks up behind the module's back goes by plain REST,
# so that a defect of one cmdlet does not hide in the arrangement of another one's test.

Import-Module "$PSScriptRoot/shell.psm1" -Force

$script:RepositoryRoot = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..'))

<# Path of the module under test. #>
function Get-ModulePath {
    if ($env:AZOPENAI_MODULE_PATH) { $env:AZOPENAI_MODULE_PATH } else { [IO.Path]::Combine($script:RepositoryRoot, 'out', 'AzOpenAI') }
}

function Get-RepositoryRoot { $script:RepositoryRoot }

<# Imports the module, starts an emulator of its own and connects to it. #>
function Connect-TestEmulator {
    Import-Module (Get-ModulePath) -Global -ErrorAction Stop
    $emulator = Start-AzOpenAIEmulator
    # Throttling is as in Azure, and would only slow down tests of something else.
    $null = Invoke-EmulatorControl $emulator settings -Method PATCH -Body @{ rateLimits = $false }
    $null = Connect-AzOpenAI -Emulator -EmulatorUri $emulator.Uri
    $emulator
}

#region control endpoints of the emulator

<# Calls a control endpoint of the emulator. #>
function Invoke-EmulatorControl {
    param(
        [Parameter(Mandatory)] $Emulator,
        [Parameter(Mandatory)] [string] $Path,
        [string] $Method = 'GET',
        $Body
    )
    $call = @{ Uri = [Uri]::new($Emulator.Uri, "_emulator/$Path"); Method = $Method; NoProxy = $true }
    if ($null -ne $Body) {
        $call.Body = ConvertTo-Json $Body -Depth 10
        $call.ContentType = 'application/json'
    }
    Invoke-RestMethod @call
}

<# What the emulator was asked to change, in order. #>
function Get-EmulatorWrite {
    param([Parameter(Mandatory)] $Emulator)
    (Invoke-EmulatorControl $Emulator writes).value
}

function Clear-EmulatorWrite {
    param([Parameter(Mandatory)] $Emulator)
    $null = Invoke-EmulatorControl $Emulator writes -Method DELETE
}

function Get-EmulatorRequest {
    param([Parameter(Mandatory)] $Emulator)
    (Invoke-EmulatorControl $Emulator requests).value
}

<# Adds a fault; see docs/emulator.md. #>
function Add-EmulatorFault {
    param(
        [Parameter(Mandatory)] $Emulator,
        [Parameter(Mandatory)] [hashtable] $Fault
    )
    $null = Invoke-EmulatorControl $Emulator faults -Method POST -Body $Fault
}

function Clear-EmulatorFault {
    param([Parameter(Mandatory)] $Emulator)
    $null = Invoke-EmulatorControl $Emulator faults -Method DELETE
}

#endregion

#region arranging by plain REST

<# Calls the management plane. #>
function Invoke-Arm {
    param(
        [Parameter(Mandatory)] $Emulator,
        [Parameter(Mandatory)] [string] $Path,
        [string] $Method = 'GET',
        $Body
    )
    $version = if ($Path -match 'Microsoft.CognitiveServices/(accounts|locations|deletedAccounts)') { '2025-06-01' } else { '2022-12-01' }
    $call = @{
        Uri = [Uri]::new($Emulator.Uri, "$($Path.TrimStart('/'))?api-version=$version")
        Method = $Method
        NoProxy = $true
        Headers = @{ Authorization = 'Bearer emulator' }
        SkipHttpErrorCheck = $true
        StatusCodeVariable = 'status'
    }
    if ($null -ne $Body) {
        $call.Body = ConvertTo-Json $Body -Depth 10
        $call.ContentType = 'application/json'
    }
    $answer = Invoke-RestMethod @call
    [pscustomobject]@{ Status = $status; Body = $answer }
}

<# Id of the emulator's second subscription. #>
function Get-OtherSubscription {
    param([Parameter(Mandatory)] $Emulator)
    $all = (Invoke-Arm $Emulator subscriptions).Body.value
    @($all | Where-Object subscriptionId -NE $Emulator.SubscriptionId)[0]
}

function Get-AccountPath {
    param($Emulator, [string] $Name, [string] $Group = 'rg', [string] $Subscription = $Emulator.SubscriptionId)
    "subscriptions/$Subscription/resourceGroups/$Group/providers/Microsoft.CognitiveServices/accounts/$Name"
}

<# Makes a resource with its group, and deployments of gpt-5-mini in it. Returns the resource's id. #>
function New-TestResource {
    param(
        [Parameter(Mandatory)] $Emulator,
        [Parameter(Mandatory)] [string] $Name,
        [string] $Group = 'rg',
        [string] $Subscription = $Emulator.SubscriptionId,
        [string] $Location = 'swedencentral',
        [string] $Subdomain = $Name,
        [hashtable] $Property = @{},
        [string[]] $Deployment = @()
    )
    Assert-Status (Invoke-Arm $Emulator "subscriptions/$Subscription/resourcegroups/$Group" -Method PUT -Body @{ location = $Location })
    $path = Get-AccountPath $Emulator $Name $Group $Subscription
    $body = @{ location = $Location; kind = 'OpenAI'; sku = @{ name = 'S0' }; properties = @{ customSubDomainName = $Subdomain } + $Property }
    Assert-Status (Invoke-Arm $Emulator $path -Method PUT -Body $body)
    $deadline = [DateTime]::UtcNow.AddSeconds(30)
    do {
        $account = Invoke-Arm $Emulator $path
        if ($account.Body.properties.provisioningState -eq 'Succeeded') { break }
        Start-Sleep -Milliseconds 50
    } while ([DateTime]::UtcNow -lt $deadline)
    foreach ($item in $Deployment) { New-TestDeployment $Emulator $path $item }
    "/$path"
}

function New-TestDeployment {
    param($Emulator, [string] $ResourceId, [string] $Name, [string] $Model = 'gpt-5-mini', [string] $Sku = 'GlobalStandard', [int] $Capacity = 10)
    $body = @{ sku = @{ name = $Sku; capacity = $Capacity }; properties = @{ model = @{ format = 'OpenAI'; name = $Model } } }
    Assert-Status (Invoke-Arm $Emulator "$ResourceId/deployments/$Name" -Method PUT -Body $body)
}

function Assert-Status {
    param($Answer)
    if ($Answer.Status -ge 300) { throw "The arrangement failed with HTTP $($Answer.Status): $(ConvertTo-Json $Answer.Body -Depth 10 -Compress)" }
}

<# True where the resource manager knows the object. #>
function Test-Exists {
    param($Emulator, [string] $Id)
    (Invoke-Arm $Emulator $Id).Status -eq 200
}

#endregion

#region failures

<# The error that ends the script block; a script block that succeeds fails the test. #>
function Get-Failure {
    param([Parameter(Mandatory)] [scriptblock] $ScriptBlock)
    try {
        $null = & $ScriptBlock
    }
    catch {
        return $_
    }
    throw 'The command was expected to fail and did not.'
}

<# What a good error has: message, advice, category. Returns complaints. #>
function Find-ErrorDefect {
    param([Parameter(Mandatory)] $ErrorRecord)
    $exception = $ErrorRecord.Exception
    if ($exception -isnot [AzOpenAI.AzOpenAIException]) { return "the exception is a $($exception.GetType().FullName): $exception" }
    if ($exception.ErrorId -eq 'UnexpectedFailure') { "the module calls it a defect of its own: $($exception.Message)" }
    if (-not $exception.Message) { 'no message' }
    if ($exception.Message -match '[\r\n]') { "a message of several lines: $($exception.Message)" }
    if (-not $exception.Suggestion) { "no suggestion beside '$($exception.Message)'" }
    if ($ErrorRecord.CategoryInfo.Category -eq 'NotSpecified') { 'no category' }
    if ("$ErrorRecord" -match '\{\d\}') { "a placeholder is left: $ErrorRecord" }
}

#endregion

#region stopping

<# Starts a script in a runspace of its own, connected to the emulator. #>
function Start-InRunspace {
    param(
        [Parameter(Mandatory)] $Emulator,
        [Parameter(Mandatory)] [string] $Script,
        [hashtable] $Variable = @{},
        [switch] $NoConnect
    )
    $runspace = [runspacefactory]::CreateRunspace()
    $runspace.Open()
    foreach ($name in $Variable.Keys) { $runspace.SessionStateProxy.SetVariable($name, $Variable[$name]) }
    $runspace.SessionStateProxy.SetVariable('emulator', $Emulator)
    $runspace.SessionStateProxy.SetVariable('modulePath', (Get-ModulePath))
    $setup = [PowerShell]::Create($runspace).AddScript('Import-Module $modulePath' + $(if (-not $NoConnect) { '; $null = Connect-AzOpenAI -Emulator -EmulatorUri $emulator.Uri' }))
    $null = $setup.Invoke()
    if ($setup.HadErrors) { throw "The runspace could not be set up: $($setup.Streams.Error)" }
    $setup.Dispose()
    $shell = [PowerShell]::Create($runspace).AddScript($Script)
    [pscustomobject]@{ Shell = $shell; Runspace = $runspace; Script = $Script; Run = $null; Output = [System.Management.Automation.PSDataCollection[psobject]]::new() }
}

function Wait-Until {
    param([scriptblock] $Condition, [int] $Seconds = 30)
    $deadline = [DateTime]::UtcNow.AddSeconds($Seconds)
    while ([DateTime]::UtcNow -lt $deadline) {
        if (& $Condition) { return $true }
        Start-Sleep -Milliseconds 20
    }
    $false
}

<#
Runs the script while the emulator stalls every request, presses Ctrl+C as soon as a request is there, and tells how long the pipeline took to end and
whether the emulator saw the request dropped.
#>
function Measure-Stop {
    param(
        [Parameter(Mandatory)] $Emulator,
        [Parameter(Mandatory)] [string] $Script,
        [hashtable] $Variable = @{},
        [hashtable] $Match = @{},
        [switch] $NoConnect
    )
    $job = Start-InRunspace $Emulator $Script $Variable -NoConnect:$NoConnect
    try {
        Add-EmulatorStall $Emulator $Match
        $before = @(Get-StalledRequest $Emulator).Count
        $job.Run = $job.Shell.BeginInvoke()
        $arrived = Wait-Until { $job.Run.IsCompleted -or @(Get-StalledRequest $Emulator).Count -gt $before }
        $early = $job.Run.IsCompleted
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $stop = $job.Shell.BeginStop($null, $null)
        $stopped = $stop.AsyncWaitHandle.WaitOne([TimeSpan]::FromSeconds(30))
        $seconds = $watch.Elapsed.TotalSeconds
        $dropped = Wait-Until { @(Get-DroppedRequest $Emulator).Count -gt 0 } -Seconds 5
        [pscustomobject]@{
            Reached = $arrived -and -not $early
            Stopped = $stopped
            Seconds = $seconds
            Dropped = $dropped
            Errors = @($job.Shell.Streams.Error)
        }
    }
    finally {
        Clear-EmulatorFault $Emulator
        if ($stopped) { $job.Shell.Dispose(); $job.Runspace.Dispose() }
    }
}

<# Runs the script while an emulator stalls every request, kills that emulator in the middle, and returns the error. #>
function Measure-Kill {
    param(
        [Parameter(Mandatory)] $Emulator,
        [Parameter(Mandatory)] [string] $Script,
        [hashtable] $Variable = @{},
        [hashtable] $Match = @{}
    )
    $job = Start-InRunspace $Emulator $Script $Variable
    try {
        Add-EmulatorStall $Emulator $Match
        $job.Run = $job.Shell.BeginInvoke()
        $arrived = Wait-Until { $job.Run.IsCompleted -or @(Get-StalledRequest $Emulator).Count -gt 0 }
        $early = $job.Run.IsCompleted
        [Diagnostics.Process]::GetProcessById($Emulator.ProcessId).Kill()
        $ended = $job.Run.AsyncWaitHandle.WaitOne([TimeSpan]::FromSeconds(60))
        [pscustomobject]@{
            Reached = $arrived -and -not $early
            Ended = $ended
            Errors = @($job.Shell.Streams.Error)
        }
    }
    finally {
        if ($ended) { $job.Shell.Dispose(); $job.Runspace.Dispose() }
    }
}

<# Every request that matches waits until its client leaves. #>
function Add-EmulatorStall {
    param($Emulator, [hashtable] $Match = @{})
    Add-EmulatorFault $Emulator @{ kind = 'stall'; match = $Match }
}

function Get-StalledRequest {
    param($Emulator)
    Get-EmulatorRequest $Emulator | Where-Object { $_.fault -eq 'stall' }
}

function Get-DroppedRequest {
    param($Emulator)
    Get-EmulatorRequest $Emulator | Where-Object { $_.dropped }
}

<# Denies the RBAC actions that match the pattern, as missing role assignments do. #>
function Add-EmulatorDenial {
    param($Emulator, [string] $Action = '.')
    Add-EmulatorFault $Emulator @{ kind = 'deny'; match = @{ action = $Action } }
}

#endregion

#region shells

<# What Tab would offer for the line. #>
function Get-Completion {
    param([Parameter(Mandatory)] [string] $Line)
    [System.Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, $null).CompletionMatches.CompletionText
}

<# Runs a script in a fresh shell and returns what it printed; fails loudly on another exit code. #>
function Invoke-FreshShell {
    param(
        [Parameter(Mandatory)] [string] $Script,
        [int] $ExpectedExitCode = 0,
        [hashtable] $Environment = @{}
    )
    $run = Start-FreshShell $Script $Environment
    $output = $run.StandardOutput.ReadToEndAsync()
    $errors = $run.StandardError.ReadToEndAsync()
    if (-not $run.WaitForExit(120000)) {
        $run.Kill($true)
        throw "The shell did not end. It printed: $($output.Result) $($errors.Result)"
    }
    $run.WaitForExit()
    $text = "$($output.Result)$($errors.Result)"
    if ($run.ExitCode -ne $ExpectedExitCode) { throw "Exit code $($run.ExitCode) instead of ${ExpectedExitCode}: $text" }
    $text.TrimEnd() -split '\r?\n'
}

<# Starts a fresh shell with the script; the caller ends it. #>
function Start-FreshShell {
    param([Parameter(Mandatory)] [string] $Script, [hashtable] $Environment = @{})
    $encoded = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes("`$ProgressPreference = 'SilentlyContinue'; `$PSStyle.OutputRendering = 'PlainText'; $Script"))
    $start = New-ShellStartInfo '-NoProfile', '-NonInteractive', '-OutputFormat', 'Text', '-EncodedCommand', $encoded
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $start.WorkingDirectory = $script:RepositoryRoot
    foreach ($name in $Environment.Keys) { $start.Environment[$name] = $Environment[$name] }
    $process = [Diagnostics.Process]::Start($start)
    $process.StandardInput.Close()
    $process
}

<# True where a process of that id runs; a dead child that nobody has waited for yet does not. #>
function Test-ProcessRuns {
    param([int] $Id)
    if (-not $IsLinux) { return [bool](Get-Process -Id $Id -ErrorAction Ignore) }
    $path = "/proc/$Id/stat"
    if (-not [IO.File]::Exists($path)) { return $false }
    try { $stat = [IO.File]::ReadAllText($path) } catch { return $false }
    $stat.Substring($stat.LastIndexOf(')') + 2, 1) -notin 'Z', 'X'
}

#endregion

Export-ModuleMember -Function *
