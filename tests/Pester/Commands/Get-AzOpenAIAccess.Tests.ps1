BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $other = (Get-OtherSubscription $emulator).subscriptionId
    $class = 'AzOpenAI.Commands.GetAzOpenAIAccessCommand'
    $id = New-TestResource $emulator contoso
    $elsewhereId = New-TestResource $emulator contoso -Subscription $other -Subdomain elsewhere
    $joe, $team = '6b1f5ae2-6f9c-4d0e-9a55-2f6a53b8b001', '6b1f5ae2-6f9c-4d0e-9a55-2f6a53b8b002'

    function Add-Assignment([string] $Scope, [string] $Role, [string] $Principal) {
        $call = @{
            Uri = [Uri]::new($emulator.Uri, "$($Scope.TrimStart('/'))/providers/Microsoft.Authorization/roleAssignments/$([guid]::NewGuid())?api-version=2022-04-01")
            Method = 'PUT'; NoProxy = $true; ContentType = 'application/json'; Headers = @{ Authorization = 'Bearer emulator' }
            Body = ConvertTo-Json @{ properties = @{ roleDefinitionId = "/providers/Microsoft.Authorization/roleDefinitions/$Role"; principalId = $Principal; principalType = 'User' } }
        }
        $null = Invoke-RestMethod @call
    }

    Add-Assignment $id 5e0bd9bd-7b93-4f28-af87-19fc36ad61bd $joe
    Add-Assignment $id acdd72a7-3385-48ef-bd42-f606fba81ae7 $joe
    Add-Assignment "/subscriptions/$($emulator.SubscriptionId)/resourceGroups/rg" b24988ac-6180-42a0-ab88-20f7382dd24c $team
    Add-Assignment $elsewhereId a001fd3d-188f-4b5d-821b-7da978bf7442 $team
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'Get-AzOpenAIAccess' {
    It 'lists what opens the data plane, here and above, and leaves out what does not' {
        $all = Get-AzOpenAIAccess contoso
        $all.Role | Should -Be 'Cognitive Services OpenAI User', 'Contributor'
        $all.Route | Should -Be 'Token', 'Keys'
        $all.Inherited | Should -Be $false, $true
        $all[1].Scope | Should -Match '/resourceGroups/rg$'
        $all[0] | Should -BeOfType ([AzOpenAI.ResourceAccess])
    }

    It 'leaves out what was assigned above with -Direct' {
        (Get-AzOpenAIAccess contoso -Direct).PrincipalId | Should -Be $joe
    }

    It 'looks for a principal and for a role' {
        (Get-AzOpenAIAccess contoso -PrincipalId $team).Role | Should -Be 'Contributor'
        (Get-AzOpenAIAccess contoso -Role User).PrincipalId | Should -Be $joe
        (Get-AzOpenAIAccess contoso -Role acdd72a7-3385-48ef-bd42-f606fba81ae7).Route | Should -Be 'None'
        Get-AzOpenAIAccess contoso -CurrentUser | Should -BeNullOrEmpty
    }

    It 'binds <Kind>, and keeps its subscription' -ForEach @(
        @{ Kind = 'a piped resource'; Call = { Get-AzOpenAIResource contoso -Subscription $other | Get-AzOpenAIAccess } }
        @{ Kind = 'an id'; Call = { Get-AzOpenAIAccess $elsewhereId } }
        @{ Kind = 'a row'; Call = { [pscustomobject]@{ ResourceGroupName = 'rg'; ResourceName = 'contoso'; SubscriptionId = $other } | Get-AzOpenAIAccess } }
    ) {
        (& $Call).Role | Should -Be 'Cognitive Services OpenAI Contributor'
    }

    It 'follows pages' {
        $null = Invoke-EmulatorControl $emulator settings -Method PATCH -Body @{ pageSize = 1 }
        try { @(Get-AzOpenAIAccess contoso).Count | Should -Be 2 }
        finally { $null = Invoke-EmulatorControl $emulator settings -Method PATCH -Body @{ pageSize = 100 } }
    }

    It 'shows a role as unknown whose definition it may not read' {
        Add-EmulatorDenial $emulator 'roleDefinitions/read$'
        try { $all = Get-AzOpenAIAccess contoso }
        finally { Clear-EmulatorFault $emulator }
        @($all).Count | Should -Be 3
        $all.Route | Should -Be 'Unknown', 'Unknown', 'Unknown'
    }

    It 'writes nothing' {
        Clear-EmulatorWrite $emulator
        $null = Get-AzOpenAIAccess contoso
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }

    It 'makes clean JSON' {
        (Get-AzOpenAIAccess contoso -Direct | ConvertTo-Json | ConvertFrom-Json).PrincipalId | Should -Be $joe
    }
}

Describe 'Get-AzOpenAIAccess, when something is wrong' {
    It 'refuses the current user and another principal together' {
        $failure = Get-Failure { Get-AzOpenAIAccess -Resource contoso -CurrentUser -PrincipalId ([guid]::NewGuid()) -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'ParameterConflict,*'
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'gives <Id>' -ForEach @(
        @{ Id = 'ResourceNotFound'; Arguments = @{ Resource = 'contosso' } }
        @{ Id = 'RoleUnknown'; Arguments = @{ Resource = 'contoso'; Role = 'Usr' } }
        @{ Id = 'PrincipalIdInvalid'; Arguments = @{ Resource = 'contoso'; PrincipalId = 'joe' } }
    ) {
        $failure = Get-Failure { Get-AzOpenAIAccess @Arguments -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "$Id,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'ends at Ctrl+C while the service stalls, and drops the request' {
        $stop = Measure-Stop $emulator "Get-AzOpenAIAccess '$id'" -Match @{ path = 'roleAssignments' }
        $stop.Reached | Should -BeTrue
        $stop.Stopped | Should -BeTrue
        $stop.Seconds | Should -BeLessThan 5
        $stop.Dropped | Should -BeTrue
    }
}
