BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $other = (Get-OtherSubscription $emulator).subscriptionId
    $class = 'AzOpenAI.Commands.GrantAzOpenAIAccessCommand'
    $script:number = 0

    function Get-Assignment([string] $Id) { @((Invoke-AuthorizationApi "$Id/providers/Microsoft.Authorization/roleAssignments").value | Where-Object { $_.properties.scope -eq $Id }) }
    function Invoke-AuthorizationApi([string] $Path) {
        Invoke-RestMethod -Uri ([Uri]::new($emulator.Uri, "$($Path.TrimStart('/'))?api-version=2022-04-01")) -Headers @{ Authorization = 'Bearer emulator' } -NoProxy
    }
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'Grant-AzOpenAIAccess' {
    BeforeEach {
        $script:number++
        $name = "contoso-$($script:number)"
        $id = New-TestResource $emulator $name
        $elsewhereId = New-TestResource $emulator $name -Subscription $other -Subdomain "$name-elsewhere"
        $principal = "$([guid]::NewGuid())"
        $who = @{ PrincipalId = $principal; PrincipalType = 'User' }
        Clear-EmulatorWrite $emulator
    }

    It 'assigns <Role>, and sends the type of the principal' -ForEach @(
        @{ Role = 'User'; FullName = 'Cognitive Services OpenAI User' }
        @{ Role = 'Contributor'; FullName = 'Cognitive Services OpenAI Contributor' }
        @{ Role = 'Azure AI Developer'; FullName = 'Azure AI Developer' }
        @{ Role = 'a97b65f3-24c7-4388-baec-2e87135dc908'; FullName = 'Cognitive Services User' }
    ) {
        $access = Grant-AzOpenAIAccess $name $Role -PrincipalId $principal -PrincipalType ManagedIdentity
        $access.Role | Should -Be $FullName
        $access.Changed | Should -BeTrue
        $assignment = Get-Assignment $id
        $assignment.properties.principalId | Should -Be $principal
        $assignment.properties.principalType | Should -Be 'ServicePrincipal'
    }

    It 'gives the role of a user where none is named' {
        (Grant-AzOpenAIAccess $name @who).Role | Should -Be 'Cognitive Services OpenAI User'
    }

    It 'writes once when it runs twice' {
        $first = Grant-AzOpenAIAccess $name @who
        $second = Grant-AzOpenAIAccess $name @who
        $second.Changed | Should -BeFalse
        $second.Id | Should -Be $first.Id
        @(Get-EmulatorWrite $emulator).Count | Should -Be 1
    }

    It 'gives the same id after the role was taken away' {
        $first = Grant-AzOpenAIAccess $name @who
        $first | Revoke-AzOpenAIAccess
        (Grant-AzOpenAIAccess $name @who).Id | Should -Be $first.Id
    }

    It 'takes the identity of the session with -CurrentUser' {
        $access = Grant-AzOpenAIAccess $name -CurrentUser
        $access.PrincipalId | Should -Be 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb'
        $access.PrincipalType | Should -Be 'User'
    }

    It 'opens the data plane to a token' {
        $null = New-TestDeployment $emulator $id chat
        $null = Invoke-EmulatorControl $emulator settings -Method PATCH -Body @{ dataRoles = $true }
        try {
            $null = Set-AzOpenAIResource $name -DisableLocalAuth -WarningAction SilentlyContinue
            (Get-Failure { Get-AzOpenAIDeployment $name chat | Invoke-AzOpenAIChat Hello -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'RoleMissing,*'
            $null = Grant-AzOpenAIAccess $name -CurrentUser
            (Get-AzOpenAIDeployment $name chat | Invoke-AzOpenAIChat Hello).Content | Should -Match 'Hello'
        }
        finally { $null = Invoke-EmulatorControl $emulator settings -Method PATCH -Body @{ dataRoles = $false } }
    }

    It 'binds <Kind>, and keeps its subscription' -ForEach @(
        @{ Kind = 'a piped resource'; Call = { Get-AzOpenAIResource $name -Subscription $other | Grant-AzOpenAIAccess @who } }
        @{ Kind = 'an id'; Call = { Grant-AzOpenAIAccess $elsewhereId @who } }
        @{ Kind = 'a row'; Call = { [pscustomobject]@{ ResourceGroupName = 'rg'; ResourceName = $name; SubscriptionId = $other } | Grant-AzOpenAIAccess @who } }
        @{ Kind = 'group and name'; Call = { Grant-AzOpenAIAccess -ResourceGroupName rg -ResourceName $name -Subscription $other @who } }
    ) {
        (& $Call).ResourceId | Should -Be $elsewhereId
        Get-Assignment $elsewhereId | Should -HaveCount 1
        Get-Assignment $id | Should -BeNullOrEmpty
    }

    It 'waits for a principal that the directory does not know yet' {
        $null = Invoke-EmulatorControl $emulator settings -Method PATCH -Body @{ principalNotFoundSeconds = 2 }
        try { $verbose = Grant-AzOpenAIAccess $name @who -Verbose 4>&1 }
        finally { $null = Invoke-EmulatorControl $emulator settings -Method PATCH -Body @{ principalNotFoundSeconds = 0 } }
        "$verbose" | Should -Match 'PrincipalNotFound'
        Get-Assignment $id | Should -HaveCount 1
    }

    It 'writes nothing and emits nothing under -WhatIf' {
        Grant-AzOpenAIAccess $name @who -WhatIf | Should -BeNullOrEmpty
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'works under StrictMode with ErrorActionPreference Stop' {
        Set-StrictMode -Version 3
        $ErrorActionPreference = 'Stop'
        (Grant-AzOpenAIAccess $name @who).PrincipalId | Should -Be $principal
    }

    It 'completes the roles' {
        Get-Completion 'Grant-AzOpenAIAccess contoso -Role ' | Should -Contain 'User'
        Get-Completion 'Grant-AzOpenAIAccess contoso -Role Azure' | Should -Be "'Azure AI Developer'"
    }
}

Describe 'Grant-AzOpenAIAccess, when something is wrong' {
    BeforeEach {
        $script:number++
        $name = "contoso-$($script:number)"
        $id = New-TestResource $emulator $name
        $who = @{ PrincipalId = "$([guid]::NewGuid())"; PrincipalType = 'User' }
        Clear-EmulatorWrite $emulator
    }

    It 'refuses <ErrorId> without a write' -ForEach @(
        @{ ErrorId = 'RoleUnknown'; Arguments = @{ Role = 'Usr'; PrincipalId = [guid]::NewGuid(); PrincipalType = 'User' }; Fact = 'Usr'; Advice = 'Cognitive Services OpenAI User' }
        @{ ErrorId = 'PrincipalIdInvalid'; Arguments = @{ PrincipalId = 'joe@contoso.com'; PrincipalType = 'User' }; Fact = 'joe@contoso.com'; Advice = 'object id' }
        @{ ErrorId = 'PrincipalMissing'; Arguments = @{}; Fact = 'contoso'; Advice = '-CurrentUser' }
        @{ ErrorId = 'PrincipalMissing'; Arguments = @{ PrincipalId = [guid]::NewGuid() }; Fact = 'contoso'; Advice = '-PrincipalType' }
        @{ ErrorId = 'PrincipalMissing'; Arguments = @{ PrincipalId = [guid]::NewGuid(); PrincipalType = 'User'; CurrentUser = $true }; Fact = 'contoso'; Advice = 'either' }
    ) {
        $failure = Get-Failure { Grant-AzOpenAIAccess $name @Arguments -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "$ErrorId,$class"
        $failure.Exception.Message | Should -Match $Fact
        $failure.Exception.Suggestion | Should -Match $Advice
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'says that there is no such role definition' {
        $failure = Get-Failure { Grant-AzOpenAIAccess $name "$([guid]::NewGuid())" @who -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "RoleNotFound,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'gives up on a principal that never appears' {
        $null = Invoke-EmulatorControl $emulator settings -Method PATCH -Body @{ principalNotFoundSeconds = 100000 }
        try { $failure = Get-Failure { Grant-AzOpenAIAccess $name @who -MaxWaitSeconds 1 -ErrorAction Stop } }
        finally { $null = Invoke-EmulatorControl $emulator settings -Method PATCH -Body @{ principalNotFoundSeconds = 0 } }
        $failure.FullyQualifiedErrorId | Should -Be "PrincipalNotFound,$class"
        $failure.Exception.Message | Should -Match $who.PrincipalId
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'names the right that is missing' {
        Add-EmulatorDenial $emulator 'roleAssignments/write$'
        try { $failure = Get-Failure { Grant-AzOpenAIAccess $name @who -ErrorAction Stop } }
        finally { Clear-EmulatorFault $emulator }
        $failure.FullyQualifiedErrorId | Should -Be "PermissionDenied,$class"
        "$failure" | Should -Match 'User Access Administrator'
    }

    It 'ends at Ctrl+C while the service stalls, and drops the request' {
        $stop = Measure-Stop $emulator "Grant-AzOpenAIAccess '$id' -CurrentUser" -Match @{ method = 'PUT' }
        $stop.Reached | Should -BeTrue
        $stop.Stopped | Should -BeTrue
        $stop.Seconds | Should -BeLessThan 5
        $stop.Dropped | Should -BeTrue
    }
}
