param($ModulePath)
$before = [Collections.Generic.HashSet[string]]::new([string[]][AppDomain]::CurrentDomain.GetAssemblies().ForEach({ $_.FullName }))
Import-Module $ModulePath
$names = [AppDomain]::CurrentDomain.GetAssemblies().Where({ -not $before.Contains($_.FullName) }).ForEach({ $_.GetName().Name })
"Assemblies=$($names -join ' ')"
