# Every cmdlet that supports ShouldProcess, found in the module: under -WhatIf it says what it would do, emits nothing and writes nothing. Each row is tried
# without -WhatIf, too: a row that would change nothing anyway proves nothing.

BeforeDiscovery {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    Import-Module (Get-ModulePath) -Global

    # Line runs on the seeded state. Prepare brings about what the line needs and the seed does not have. Local: it changes this session or this machine, not Azure.
    $rows = @{
        'Start-AzOpenAIEmulator' = @{ Line = 'Start-AzOpenAIEmulator'; Local = $true }
        'Stop-AzOpenAIEmulator' = @{ Line = 'Stop-AzOpenAIEmulator -Emulator $spare'; Prepare = '$spare = Start-AzOpenAIEmulator'; Local = $true }
        'New-AzOpenAIResource' = @{ Line = 'New-AzOpenAIResource rg-new fabrikam swedencentral -CreateResourceGroup' }
        'Set-AzOpenAIResource' = @{ Line = 'Set-AzOpenAIResource contoso -Tag @{ team = "search" } -PublicNetworkAccess Disabled' }
        'Remove-AzOpenAIResource' = @{ Line = 'Remove-AzOpenAIResource contoso -Purge -Force' }
        'Restore-AzOpenAIDeletedResource' = @{ Line = 'Restore-AzOpenAIDeletedResource gone' }
        'Remove-AzOpenAIDeletedResource' = @{ Line = 'Remove-AzOpenAIDeletedResource gone -Force' }
        'New-AzOpenAIDeployment' = @{ Line = 'New-AzOpenAIDeployment contoso gpt-5-mini -Name other -Capacity 1' }
        'Set-AzOpenAIDeployment' = @{ Line = 'Set-AzOpenAIDeployment -Resource contoso -Name chat -Capacity 20' }
        'Suspend-AzOpenAIDeployment' = @{ Line = 'Suspend-AzOpenAIDeployment -Resource contoso -Name chat' }
        'Resume-AzOpenAIDeployment' = @{ Line = 'Resume-AzOpenAIDeployment -Resource contoso -Name resting' }
        'Remove-AzOpenAIDeployment' = @{ Line = 'Remove-AzOpenAIDeployment -Resource contoso -Name chat -Force' }
        'New-AzOpenAIKey' = @{ Line = 'New-AzOpenAIKey -Resource contoso -KeyName Key2 -Force' }
        'Update-AzOpenAIKey' = @{ Line = 'Update-AzOpenAIKey -Resource contoso -KeyInUse Key1 -Force -NoProbe -Sink { }' }
        'Export-AzOpenAIConfiguration' = @{
            Line = 'Export-AzOpenAIConfiguration -Resource contoso -Format Json -Path $file -Force'; Prepare = '$file = [IO.Path]::Combine($TestDrive, "settings.json")'; Local = $true
        }
        'Export-AzOpenAIConversation' = @{
            Line = 'Export-AzOpenAIConversation talk $file -Force'
            Prepare = '$file = [IO.Path]::Combine($TestDrive, "talk.json"); $null = New-AzOpenAIConversation talk -Force'; Local = $true
        }
        'New-AzOpenAIConversation' = @{ Line = 'New-AzOpenAIConversation fresh'; Local = $true }
        'Grant-AzOpenAIAccess' = @{ Line = 'Grant-AzOpenAIAccess contoso User -PrincipalId 6b1f5ae2-6f9c-4d0e-9a55-2f6a53b8b001 -PrincipalType User' }
        'Revoke-AzOpenAIAccess' = @{
            Line = 'Revoke-AzOpenAIAccess contoso -PrincipalId 6b1f5ae2-6f9c-4d0e-9a55-2f6a53b8b001'
            Prepare = '$null = Grant-AzOpenAIAccess contoso User -PrincipalId 6b1f5ae2-6f9c-4d0e-9a55-2f6a53b8b001 -PrincipalType User'
        }
        'New-AzOpenAIContentFilter' = @{ Line = 'New-AzOpenAIContentFilter -Resource contoso -Name strict -Hate Low' }
        'Set-AzOpenAIContentFilter' = @{
            Line = 'Set-AzOpenAIContentFilter -Resource contoso -Name strict -Violence High'; Prepare = '$null = New-AzOpenAIContentFilter -Resource contoso -Name strict -Hate Low'
        }
        'Remove-AzOpenAIContentFilter' = @{
            Line = 'Remove-AzOpenAIContentFilter -Resource contoso -Name strict -Force'; Prepare = '$null = New-AzOpenAIContentFilter -Resource contoso -Name strict -Hate Low'
        }
        'New-AzOpenAIBlocklist' = @{ Line = 'New-AzOpenAIBlocklist -Resource contoso -Name rivals' }
        'Set-AzOpenAIBlocklist' = @{
            Line = 'Set-AzOpenAIBlocklist -Resource contoso -Name rivals -Description new'; Prepare = '$null = New-AzOpenAIBlocklist -Resource contoso -Name rivals'
        }
        'Remove-AzOpenAIBlocklist' = @{ Line = 'Remove-AzOpenAIBlocklist -Resource contoso -Name rivals -Force'; Prepare = '$null = New-AzOpenAIBlocklist -Resource contoso -Name rivals' }
        'New-AzOpenAIBlocklistItem' = @{
            Line = 'New-AzOpenAIBlocklistItem -Blocklist rivals -Resource contoso -Pattern Fabrikam'; Prepare = '$null = New-AzOpenAIBlocklist -Resource contoso -Name rivals'
        }
        'Set-AzOpenAIBlocklistItem' = @{
            Line = 'Set-AzOpenAIBlocklistItem -Blocklist rivals -Resource contoso -Name one -Pattern Northwind'
            Prepare = '$null = New-AzOpenAIBlocklist -Resource contoso -Name rivals | New-AzOpenAIBlocklistItem -Name one -Pattern Fabrikam'
        }
        'Remove-AzOpenAIBlocklistItem' = @{
            Line = 'Remove-AzOpenAIBlocklistItem -Blocklist rivals -Resource contoso -Name one -Force'
            Prepare = '$null = New-AzOpenAIBlocklist -Resource contoso -Name rivals | New-AzOpenAIBlocklistItem -Name one -Pattern Fabrikam'
        }
        'Invoke-AzOpenAIRequest' = @{ Line = 'Invoke-AzOpenAIRequest "$((Get-AzOpenAIResource contoso).Id)/deployments/chat" -Method PATCH -Body @{ tags = @{ a = 1 } }' }
        'Invoke-AzOpenAIChat' = @{
            Line = 'Invoke-AzOpenAIChat "[[tool:note]]" -Tool $tool -Connection $key'; Local = $true
            Prepare = '$tool = New-AzOpenAITool -ScriptBlock { throw "it ran" } -Name note -Description "Notes." -AllowUnattended; $key = Get-AzOpenAIDeployment -Resource contoso -Name chat | Get-AzOpenAIKey'
        }
        'New-AzOpenAIConnection' = @{ Line = 'New-AzOpenAIConnection mine https://contoso.openai.azure.com -Key 0123456789abcdef0123456789abcdef -Force'; Local = $true }
        'Set-AzOpenAIConnection' = @{
            Line = 'Set-AzOpenAIConnection mine -Default'; Local = $true
            Prepare = '$null = New-AzOpenAIConnection mine https://contoso.openai.azure.com -Key 0123456789abcdef0123456789abcdef -Force'
        }
        'Remove-AzOpenAIConnection' = @{
            Line = 'Remove-AzOpenAIConnection mine'; Local = $true
            Prepare = '$null = New-AzOpenAIConnection mine https://contoso.openai.azure.com -Key 0123456789abcdef0123456789abcdef -Force'
        }
        'Set-AzOpenAIContext' = @{ Line = 'Set-AzOpenAIContext -Resource contoso'; Local = $true }
    }
    $changing = Get-Command -Module AzOpenAI -CommandType Cmdlet | Where-Object { $_.Parameters.ContainsKey('WhatIf') } | Select-Object -ExpandProperty Name
    $cases = $changing | Where-Object { $rows[$_] } | ForEach-Object {
        @{ Name = $_; Line = $rows[$_].Line; Prepare = "$($rows[$_]['Prepare'])"; Local = [bool]$rows[$_]['Local'] }
    }
    $missing = @{ Names = @($changing | Where-Object { -not $rows[$_] }); Count = @($changing).Count }
}

BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    Import-Module (Get-ModulePath) -Global -ErrorAction Stop
    $seed = [IO.Path]::Combine($TestDrive, 'seed.json')
    [IO.File]::WriteAllText($seed, @'
{
  "subscriptions": [{
    "resourceGroups": [{ "name": "rg", "location": "swedencentral" }],
    "accounts": [
      {
        "name": "contoso", "resourceGroup": "rg", "location": "swedencentral", "properties": { "customSubDomainName": "contoso" },
        "deployments": [
          { "name": "chat", "sku": { "name": "GlobalStandard", "capacity": 10 }, "properties": { "model": { "name": "gpt-5-mini" } } },
          { "name": "resting", "sku": { "name": "GlobalStandard", "capacity": 1 }, "properties": { "model": { "name": "gpt-5-mini" }, "deploymentState": "Paused" } }
        ]
      },
      { "name": "gone", "resourceGroup": "rg", "location": "swedencentral", "deletedHoursAgo": 1 }
    ]
  }]
}
'@)
    $emulator = Start-AzOpenAIEmulator -Seed $seed

    # What the line puts out, and what it tells the host.
    function Invoke-Line([string] $Line, [string] $Prepare) {
        . ([scriptblock]::Create($Prepare))
        Clear-EmulatorWrite $emulator
        $transcript = [IO.Path]::Combine($TestDrive, "$([guid]::NewGuid()).txt")
        $null = Start-Transcript $transcript
        try { $output = @(. ([scriptblock]::Create("$Line -ErrorAction Stop -WarningAction Ignore"))) }
        finally { $null = Stop-Transcript }
        [pscustomobject]@{ Output = $output; Told = [IO.File]::ReadAllText($transcript); Writes = @(Get-EmulatorWrite $emulator) }
    }
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'A cmdlet that changes something' {
    BeforeEach {
        $null = Invoke-EmulatorControl $emulator reset -Method POST
        $null = Connect-AzOpenAI -Emulator -EmulatorUri $emulator.Uri
    }

    It 'has a row here' -ForEach $missing {
        $Count | Should -BeGreaterThan 5
        $Names | Should -BeNullOrEmpty -Because 'each needs a row in this file'
    }

    It '<Name> -WhatIf says what it would do, emits nothing and writes nothing' -ForEach $cases {
        $run = Invoke-Line "$Line -WhatIf" $Prepare
        $run.Told | Should -Match 'What if: '
        $run.Output | Should -BeNullOrEmpty
        $run.Writes | ForEach-Object { "$($_.method) $($_.path)" } | Should -BeNullOrEmpty
    }

    It '<Name> without -WhatIf does write' -ForEach ($cases | Where-Object { -not $_.Local }) {
        (Invoke-Line "$Line -Confirm:`$false" $Prepare).Writes | Should -Not -BeNullOrEmpty
    }
}
