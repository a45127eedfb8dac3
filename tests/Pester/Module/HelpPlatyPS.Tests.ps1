# The pages are built without PlatyPS. Where it is installed, it has to take the same pages and make the same help of them.
BeforeDiscovery {
    Import-Module ([IO.Path]::Combine($PSScriptRoot, '..', 'common.psm1')) -Force
    $folder = [IO.Path]::Combine((Get-RepositoryRoot), 'module', 'help', 'en-US')
    $pages = Get-ChildItem $folder -Filter '*-*.md' | ForEach-Object { @{ Name = $_.BaseName; Path = $_.FullName } }
}

Describe 'PlatyPS and the page of <Name>' -ForEach $pages {
    BeforeAll {
        $missing = -not (Get-Module Microsoft.PowerShell.PlatyPS -ListAvailable | Where-Object Version -ge '1.0')
        if (-not $missing) { Import-Module Microsoft.PowerShell.PlatyPS }
        Import-Module ([IO.Path]::Combine($PSScriptRoot, '..', 'common.psm1')) -Force
        $space = @{
            maml    = 'http://schemas.microsoft.com/maml/2004/10'
            command = 'http://schemas.microsoft.com/maml/dev/command/2004/10'
            dev     = 'http://schemas.microsoft.com/maml/dev/2004/10'
        }

        # Theirs keeps the marks of markdown and the fences of code; only the words are compared.
        function ConvertTo-Word([string] $text) {
            $text -replace '\[([^\]]*)\]\(([^)]*)\)', '$1$2' -replace '```\w*( azure)?', '' -replace 'Accepted values: .*', '' -replace '[\s`*\u0080()]+', ''
        }

        # A page without parameters has no such nodes, and StrictMode asks for a property of nothing.
        function Select-Node($node, [string] $path) {
            Select-Xml -Xml $node -XPath $path -Namespace $space | ForEach-Object Node
        }

        function Select-Text($node, [string] $path) {
            ConvertTo-Word (@(Select-Node $node $path | ForEach-Object InnerText) -join ' ')
        }

        function Get-Fact([string] $file) {
            $command = (Select-Xml -LiteralPath $file -XPath "//command:command[command:details/command:name='$Name']" -Namespace $space).Node
            "synopsis: $(Select-Text $command 'command:details/maml:description')"
            "description: $(Select-Text $command 'maml:description')"
            "notes: $(Select-Text $command 'maml:alertSet')"
            foreach ($set in (Select-Node $command 'command:syntax/command:syntaxItem')) {
                "syntax: $(@((Select-Node $set 'command:parameter') | ForEach-Object { "$($_.name) $($_.required)".ToLowerInvariant() }) -join ', ')"
            }
            foreach ($parameter in (Select-Node $command 'command:parameters/command:parameter') | Sort-Object name) {
                $facts = $parameter.required, $parameter.position, $parameter.globbing, $parameter.pipelineInput, $parameter.aliases
                "-$($parameter.name): $($facts -join ' ')".ToLowerInvariant()
                "-$($parameter.name): $(Select-Text $parameter 'maml:description') $(Select-Text $parameter 'dev:type/maml:name')"
            }
            foreach ($kind in 'command:inputTypes/command:inputType', 'command:returnValues/command:returnValue') {
                "${kind}: $(Select-Text $command $kind)"
            }
            foreach ($example in (Select-Node $command 'command:examples/command:example')) {
                "example: $(Select-Text $example 'maml:title | maml:introduction | dev:code | dev:remarks')"
            }
        }
    }

    It 'takes the page without complaint' {
        if ($missing) { Set-ItResult -Skipped -Because 'Microsoft.PowerShell.PlatyPS 1.x is not installed' }
        Test-MarkdownCommandHelp -Path $Path | Should -BeTrue
        $help = Import-MarkdownCommandHelp -Path $Path
        @($help.Diagnostics.Messages | Where-Object Severity -eq 'Error') | Should -BeNullOrEmpty
    }

    It 'makes the same help of it' {
        if ($missing) { Set-ItResult -Skipped -Because 'Microsoft.PowerShell.PlatyPS 1.x is not installed' }
        $null = Import-MarkdownCommandHelp -Path $Path | Export-MamlCommandHelp -OutputFolder $TestDrive -Force
        $theirs = [IO.Path]::Combine($TestDrive, 'AzOpenAI', 'AzOpenAI.dll-Help.xml')
        $ours = [IO.Path]::Combine((Get-ModulePath), 'en-US', 'AzOpenAI.dll-Help.xml')
        Get-Fact $ours | Should -Be @(Get-Fact $theirs)
    }
}
