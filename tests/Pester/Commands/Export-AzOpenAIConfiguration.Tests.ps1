BeforeAll {
    Import-Module "$PSScriptRoot/../common.psm1" -Force
    $emulator = Connect-TestEmulator
    $contosoId = New-TestResource $emulator contoso -Deployment chat
    $null = New-TestResource $emulator keyless -Property @{ disableLocalAuth = $true } -Deployment chat
    $class = 'AzOpenAI.Commands.ExportAzOpenAIConfigurationCommand'
    $folder = [IO.Path]::Combine($TestDrive, 'out')
    $null = [IO.Directory]::CreateDirectory($folder)

    function Get-RealKey { (Invoke-Arm $emulator "$contosoId/listKeys" -Method POST).Body }
    function New-TestConnection([string] $Deployment = 'chat', [string] $Key = 'k3y', [string] $Endpoint = 'https://contoso.openai.azure.com/', [string] $Kind = 'AzureV1') {
        [AzOpenAI.Connection]@{
            Name = 'contoso'; Endpoint = [uri]$Endpoint; Kind = $Kind; Authentication = 'ApiKey'; Deployment = $Deployment
            Key = [Net.NetworkCredential]::new('', $Key).SecurePassword
        }
    }
}

AfterAll { Stop-AzOpenAIEmulator }

Describe 'Export-AzOpenAIConfiguration' {
    It 'writes no key without -IncludeKey: <_>' -ForEach 'Env', 'Dotenv', 'Json', 'PowerShell', 'Python', 'GitHubActions', 'AzurePipelines' {
        $keys = Get-RealKey
        $text = @(Get-AzOpenAIKey contoso | Export-AzOpenAIConfiguration -Format $_ *>&1) + @(Get-AzOpenAIResource contoso | Export-AzOpenAIConfiguration -Format $_ *>&1) -join "`n"
        $text | Should -Match 'contoso'
        $text | Should -Not -Match $keys.key1
        $text | Should -Not -Match $keys.key2
        $text | Should -Not -Match 'add-mask|issecret'
    }

    It 'takes keys, a connection, a resource, a deployment, a name, an id, and group and name' {
        $key = (Get-RealKey).key1
        $read = {
            param($text)
            $text | Should -BeOfType ([string])
            $found = $text | ConvertFrom-Json
            $found.AZURE_OPENAI_API_KEY | Should -BeExactly $key
            $found.AZURE_OPENAI_ENDPOINT | Should -BeExactly "$($emulator.Uri)contoso"
            $found
        }
        (& $read (Get-AzOpenAIDeployment contoso chat | Get-AzOpenAIKey | Export-AzOpenAIConfiguration -Format Json -IncludeKey)).AZURE_OPENAI_DEPLOYMENT | Should -Be 'chat'
        $null = & $read ((Get-AzOpenAIKey contoso).Connection | Export-AzOpenAIConfiguration -Format Json -IncludeKey)
        $null = & $read (Get-AzOpenAIResource contoso | Export-AzOpenAIConfiguration -Format Json -IncludeKey)
        (& $read (Get-AzOpenAIDeployment contoso chat | Export-AzOpenAIConfiguration -Format Json -IncludeKey)).AZURE_OPENAI_DEPLOYMENT | Should -Be 'chat'
        $null = & $read (Export-AzOpenAIConfiguration contoso Json -IncludeKey)
        $null = & $read (Export-AzOpenAIConfiguration -Resource $contosoId -Format Json -IncludeKey)
        (& $read (Export-AzOpenAIConfiguration -ResourceGroupName rg -ResourceName contoso -Format Json -IncludeKey -Deployment named)).AZURE_OPENAI_DEPLOYMENT | Should -Be 'named'
    }

    It 'takes the other key with -KeyName, and the new one in a sink' {
        $keys = Get-RealKey
        (Get-AzOpenAIKey contoso | Export-AzOpenAIConfiguration -Format Json -IncludeKey -KeyName Key2 | ConvertFrom-Json).AZURE_OPENAI_API_KEY | Should -BeExactly $keys.key2
        (Export-AzOpenAIConfiguration contoso Json -IncludeKey -KeyName Key2 | ConvertFrom-Json).AZURE_OPENAI_API_KEY | Should -BeExactly $keys.key2
        $file = [IO.Path]::Combine($folder, 'sink.json')
        $null = Update-AzOpenAIKey contoso -KeyInUse Key1 -Force -Sink { $_ | Export-AzOpenAIConfiguration -Format Json -IncludeKey -Path $file }
        (Get-Content $file -Raw | ConvertFrom-Json).AZURE_OPENAI_API_KEY | Should -BeExactly (Get-RealKey).key2
        (Get-RealKey).key2 | Should -Not -Be $keys.key2
    }

    It 'sends no request for what it has' {
        $key = Get-AzOpenAIKey contoso
        $null = Invoke-EmulatorControl $emulator requests -Method DELETE
        $null = $key | Export-AzOpenAIConfiguration -Format Env -IncludeKey
        $null = $key.Connection | Export-AzOpenAIConfiguration -Format Env -IncludeKey
        Get-EmulatorRequest $emulator | Should -BeNullOrEmpty
    }

    It 'writes OPENAI_ variables for what is no Azure' {
        $text = New-TestConnection -Endpoint https://example.com/v1/ -Kind OpenAI | Export-AzOpenAIConfiguration -Format Dotenv -IncludeKey
        $text | Should -Match '(?m)^OPENAI_BASE_URL=https://example.com/v1/$'
        $text | Should -Match '(?m)^OPENAI_API_KEY=k3y$'
        $text | Should -Not -Match 'AZURE_'
    }

    It 'says that Entra ID opens a resource without keys' {
        Export-AzOpenAIConfiguration keyless Env | Should -Match 'Microsoft Entra ID'
        $failure = Get-Failure { Export-AzOpenAIConfiguration keyless Env -IncludeKey -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "LocalAuthDisabled,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'tells of headers that no format can carry, without their values' {
        $connection = New-TestConnection
        $headers = [System.Collections.Generic.Dictionary[string, object]]::new()
        $headers.Add('Ocp-Apim-Subscription-Key', 'h3ader')
        $withHeader = [AzOpenAI.Connection]@{ Endpoint = $connection.Endpoint; Kind = 'AzureV1'; Authentication = 'ApiKey'; Key = $connection.Key; Headers = $headers }
        $all = $withHeader | Export-AzOpenAIConfiguration -Format Env 3>&1
        "$all" | Should -Match 'Ocp-Apim-Subscription-Key'
        "$all" | Should -Not -Match 'h3ader'
    }

    It 'changes nothing in Azure' {
        Clear-EmulatorWrite $emulator
        $null = Export-AzOpenAIConfiguration contoso Env -IncludeKey
        Get-EmulatorWrite $emulator | Should -BeNullOrEmpty
    }
}

Describe 'The file of -Path' {
    BeforeEach { $file = [IO.Path]::Combine($folder, "$(New-Guid).env") }

    # Skipped on Windows, whose files have no mode: who may read one follows there from its folder.
    It 'can be read by its owner only when it holds a key, also where it was open before' -Skip:$IsWindows {
        [IO.File]::WriteAllText($file, 'old')
        [IO.File]::SetUnixFileMode($file, 'UserRead, UserWrite, GroupRead, OtherRead')
        New-TestConnection | Export-AzOpenAIConfiguration -Format Dotenv -Path $file
        [IO.File]::GetUnixFileMode($file) | Should -Be ([IO.UnixFileMode]'UserRead, UserWrite, GroupRead, OtherRead')
        New-TestConnection | Export-AzOpenAIConfiguration -Format Dotenv -IncludeKey -Path $file
        [IO.File]::GetUnixFileMode($file) | Should -Be ([IO.UnixFileMode]'UserRead, UserWrite')
    }

    It 'is UTF-8 without a mark, and ends with a line end' {
        New-TestConnection -Deployment 'ä' | Export-AzOpenAIConfiguration -Format Env -Path $file | Should -BeNullOrEmpty
        $bytes = [IO.File]::ReadAllBytes($file)
        $bytes[0] | Should -Be ([byte][char]'#')
        $bytes[-1] | Should -Be 10
    }

    It 'is taken relative to the current location' {
        Push-Location $folder
        try { New-TestConnection | Export-AzOpenAIConfiguration -Format Env -Path "./relative-$([IO.Path]::GetFileName($file))" } finally { Pop-Location }
        [IO.File]::Exists([IO.Path]::Combine($folder, "relative-$([IO.Path]::GetFileName($file))")) | Should -BeTrue
    }

    It 'is replaced, but not with -NoClobber, and not where it is read-only without -Force' {
        New-TestConnection -Deployment one | Export-AzOpenAIConfiguration -Format Env -Path $file -NoClobber
        New-TestConnection -Deployment two | Export-AzOpenAIConfiguration -Format Env -Path $file
        $failure = Get-Failure { New-TestConnection -Deployment three | Export-AzOpenAIConfiguration -Format Env -Path $file -NoClobber -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "ConfigurationFileExists,$class"
        $failure.CategoryInfo.Category | Should -Be 'ResourceExists'
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        Set-ItemProperty $file IsReadOnly $true
        $failure = Get-Failure { New-TestConnection -Deployment three | Export-AzOpenAIConfiguration -Format Env -Path $file -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "ConfigurationFileReadOnly,$class"
        Get-Content $file -Raw | Should -Match 'two'
        New-TestConnection -Deployment four | Export-AzOpenAIConfiguration -Format Env -Path $file -Force
        Get-Content $file -Raw | Should -Match 'four'
    }

    It 'is not written, and no mask is shown, under -WhatIf <Name>' -ForEach @{ Name = ''; Extra = @{} }, @{ Name = '-Force'; Extra = @{ Force = $true } } {
        @(New-TestConnection | Export-AzOpenAIConfiguration -Format GitHubActions -IncludeKey -Path $file -WhatIf @Extra 6>&1 | Where-Object { "$_" -match 'k3y' }) | Should -BeNullOrEmpty
        [IO.File]::Exists($file) | Should -BeFalse
    }

    It 'holds one configuration' {
        $errors = $null
        'chat', 'other' | ForEach-Object { New-TestConnection -Deployment $_ } | Export-AzOpenAIConfiguration -Format Env -Path $file -ErrorAction SilentlyContinue -ErrorVariable errors
        $errors[0].FullyQualifiedErrorId | Should -Be "ConfigurationFileTaken,$class"
        Get-Content $file -Raw | Should -Match 'chat'
        @([IO.Directory]::GetFiles($folder, '*.tmp')) | Should -BeNullOrEmpty
    }

    It 'is one clear error where the folder is not there, or where it is no file' {
        $failure = Get-Failure { New-TestConnection | Export-AzOpenAIConfiguration -Format Env -IncludeKey -Path ([IO.Path]::Combine($folder, 'missing', 'x.env')) -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "ConfigurationFileFailed,$class"
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
        $failure = Get-Failure { New-TestConnection | Export-AzOpenAIConfiguration -Format Env -Path Env:/X -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "ConfigurationFileFailed,$class"
        "$failure" | Should -Match 'Environment'
    }
}

Describe 'Export-AzOpenAIConfiguration, when something is wrong' {
    It 'says that a connection has no key' {
        $connection = [AzOpenAI.Connection]@{ Endpoint = [uri]'https://contoso.openai.azure.com/'; Kind = 'AzureV1'; Authentication = 'EntraId' }
        $failure = Get-Failure { $connection | Export-AzOpenAIConfiguration -Format Env -IncludeKey -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be "KeyNotInConnection,$class"
        "$($failure.TargetObject)" | Should -Be 'https://contoso.openai.azure.com/'
        Find-ErrorDefect $failure | Should -BeNullOrEmpty
    }

    It 'refuses an api-version that is none, and a format that is none' {
        (Get-Failure { New-TestConnection | Export-AzOpenAIConfiguration -Format Env -ApiVersion soon -ErrorAction Stop }).FullyQualifiedErrorId | Should -Be "ApiVersionInvalid,$class"
        { New-TestConnection | Export-AzOpenAIConfiguration -Format Yaml } | Should -Throw '*Dotenv*'
    }

    It 'goes on after a resource that is not there' {
        $errors = $null
        @('nobody', 'contoso' | Export-AzOpenAIConfiguration -Format Env -ErrorAction SilentlyContinue -ErrorVariable errors).Count | Should -Be 1
        $errors[0].FullyQualifiedErrorId | Should -Be "ResourceNotFound,$class"
    }

    It 'ends at Ctrl+C while the service stalls, and drops the request' {
        $stop = Measure-Stop $emulator 'Export-AzOpenAIConfiguration contoso Env -IncludeKey' -Match @{ path = '/listKeys' }
        $stop.Reached | Should -BeTrue
        $stop.Stopped | Should -BeTrue
        $stop.Seconds | Should -BeLessThan 5
        $stop.Dropped | Should -BeTrue
    }
}
