BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $root = Get-RepositoryRoot
    $module = Get-ModulePath
    # Word for word from the README: the first PowerShell block that has the chain.
    $blocks = [regex]::Matches([IO.File]::ReadAllText("$root/README.md"), '(?s)```powershell\r?\n(.*?)```').ForEach({ $_.Groups[1].Value })
    $oneLiner = @($blocks -match 'New-AzOpenAIResource' -match 'Invoke-AzOpenAIChat' -notmatch 'Import-Module' -notmatch '-Ensure')[0]
    $walk = @($blocks -match 'Import-Module' -match 'Invoke-AzOpenAIChat')[0]
    $start = "Import-Module '$module'; `$emulator = Start-AzOpenAIEmulator; `$null = Connect-AzOpenAI -Emulator"
    $errorsAndWrites = @'

"ERRORS: $($Error.Count)"
$writes = (Invoke-RestMethod "$($emulator.Uri)_emulator/writes" -NoProxy).value
"WRITES: $(@($writes).Count)"
'@
}

Describe 'The one-liner of the README' {
    It 'is in the README' {
        $oneLiner | Should -Match 'New-AzOpenAIResource -ResourceGroupName rg -Name contoso -Location swedencentral -CreateResourceGroup \|'
        $oneLiner | Should -Match 'New-AzOpenAIDeployment -Model gpt-5-mini \| Get-AzOpenAIKey \| Invoke-AzOpenAIChat ''Hello'''
    }

    It 'works as it stands in a fresh shell' {
        $output = Invoke-FreshShell "$start`n$oneLiner $errorsAndWrites"
        "$output" | Should -Match 'Hello'
        "$output" | Should -Match '\[gpt-5-mini'
        $output | Should -Contain 'ERRORS: 0'
        $output[-1] | Should -Match 'WRITES: [1-9]'
    }

    It 'works with the commands around it, as the README has them' {
        $copy = $walk -replace '\./out/AzOpenAI', "'$module'"
        $output = Invoke-FreshShell "`$ErrorActionPreference = 'Stop'`n$copy"
        "$output" | Should -Match 'Hello'
    }

    It 'writes nothing and fails nowhere under $WhatIfPreference' {
        $output = Invoke-FreshShell "$start`n`$WhatIfPreference = `$true`n`$answer = $oneLiner`n`$WhatIfPreference = `$false`n`"ANSWER: [`$answer]`" $errorsAndWrites"
        $output | Should -Contain 'ANSWER: []'
        $output | Should -Contain 'ERRORS: 0'
        $output[-1] | Should -Be 'WRITES: 0'
        "$output" | Should -Match 'What if'
    }

    It 'stays in the subscription of the resource where that is not the default one' {
        $script = $oneLiner -replace '-CreateResourceGroup', '-CreateResourceGroup -Subscription $other'
        $output = Invoke-FreshShell @"
$start
`$other = ((Invoke-RestMethod "`$(`$emulator.Uri)subscriptions?api-version=2022-12-01" -NoProxy -Headers @{ Authorization = 'Bearer emulator' }).value | Where-Object subscriptionId -NE `$emulator.SubscriptionId)[0].subscriptionId
# A namesake in the default subscription, which must stay as it is.
`$null = New-AzOpenAIResource -ResourceGroupName rg -Name contoso -Location swedencentral -CreateResourceGroup -CustomSubdomain namesake
`$answer = $script
"ANSWER: `$(`$answer.Content)"
"DEFAULT: `$(@(Get-AzOpenAIDeployment).Count)"
"OTHER: `$(@(Get-AzOpenAIDeployment -Subscription `$other).Count)"
"ERRORS: `$(`$Error.Count)"
"@
        "$output" | Should -Match 'ANSWER: .*Hello'
        $output | Should -Contain 'DEFAULT: 0'
        $output | Should -Contain 'OTHER: 1'
        $output | Should -Contain 'ERRORS: 0'
    }

    It 'writes nothing the second time with -Ensure on both creates' {
        $script = $oneLiner -replace '-CreateResourceGroup', '-CreateResourceGroup -Ensure' -replace '-Model gpt-5-mini', '-Model gpt-5-mini -Ensure'
        $output = Invoke-FreshShell @"
$start
`$first = $script
`$null = Invoke-RestMethod "`$(`$emulator.Uri)_emulator/writes" -Method DELETE -NoProxy
`$second = $script
"SECOND: `$(`$second.Content)" $errorsAndWrites
"@
        "$output" | Should -Match 'SECOND: .*Hello'
        $output | Should -Contain 'ERRORS: 0'
        $output[-1] | Should -Be 'WRITES: 0'
    }
}
