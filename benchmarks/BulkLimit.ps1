# A deployment that takes 600 requests a minute, as Azure counts them: 100 in any ten seconds, or 10 in any second. In real time: the shortest that the limit
# allows is a minute or two.
param([string] $ModulePath, [int] $Rounds, [int] $Calls, $Target)

$shell = [IO.Path]::Combine($PSScriptRoot, 'shells', 'bulk-limit.ps1')
$rows = foreach ($window in @{ Seconds = 10; Prompts = 1200 }, @{ Seconds = 1; Prompts = 900 }) {
    Set-EmulatorSetting $Target @{ rateLimits = $true; requestWindowSeconds = $window.Seconds }
    $null = Invoke-RestMethod "$($Target.Uri)_emulator/requests" -Method Delete -NoProxy
    try {
        $one = Invoke-FreshShell $shell @{ ModulePath = $ModulePath; Emulator = $Target.Uri; Prompts = $window.Prompts; Deployment = "limited$($window.Seconds)" }
        $log = (Invoke-RestMethod "$($Target.Uri)_emulator/requests" -NoProxy).value | Where-Object { $_.plane -eq 'data' }
    }
    finally { Set-EmulatorSetting $Target @{ rateLimits = $false; requestWindowSeconds = $null } }

    $times = @($log | ForEach-Object { [DateTimeOffset] $_.started })
    $warm = ($times | Sort-Object)[0].AddSeconds(15)
    $late = @($log | Where-Object { [DateTimeOffset] $_.started -ge $warm })
    # A window takes its fill at once, and the next fill when it is over.
    $fill = 10 * $window.Seconds
    $shortest = ($window.Prompts / $fill - 1) * $window.Seconds
    [pscustomobject][ordered]@{
        What            = '{0:N0} prompts, {1} in any {2} s' -f $window.Prompts, $fill, $window.Seconds
        'Shortest s'    = '{0:N1}' -f $shortest
        'Took s'        = '{0:N1}' -f $one.Seconds
        'Of the limit'  = '{0:P1}' -f ($shortest / $one.Seconds)
        Target          = '>= 95%'
        'Refused later' = '{0:P2}' -f (@($late | Where-Object status -EQ 429).Count / $late.Count)
        'Target '       = '< 1%'
        'Refused first' = @($log | Where-Object status -EQ 429).Count - @($late | Where-Object status -EQ 429).Count
        Answered        = $one.Answered
    }
}
Write-Figure 'BulkLimit: -ThrottleLimit 64 on 600 requests a minute' $rows
