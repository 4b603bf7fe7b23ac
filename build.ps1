# build.sh for Windows: builds this checkout's release program when its sources changed, then runs it.
#
#   .\build.ps1 --target=Deploy           every argument is passed on, the exit code passes back
#
# Windows PowerShell 5.1 and later. Exit code 2 when there is nothing to run (no SDK, sources that don't compile): nothing was changed.
$ErrorActionPreference = 'Stop'

if ($IsLinux -or $IsMacOS) {
    & "$PSScriptRoot/build.sh" @args
    exit $LASTEXITCODE
}

$store = Join-Path $PSScriptRoot '.build'
$current = Join-Path $store 'current.windows'    # what runs now: the folder, then the inputs it was made from

function Write-Line($text) { [Console]::Error.WriteLine($text) }

function Stop-Here($text) {
    Write-Line $text
    exit 2
}

# What the program is made of, by content: a moved clock, a copied checkout or a switched branch fools nobody.
function Get-Inputs {
    $sha = [Security.Cryptography.SHA256]::Create()
    $lines = @("FrostingFromNuGet=$env:FrostingFromNuGet")
    $single = 'build.ps1', 'global.json', 'NuGet.config', '.editorconfig', 'BannedSymbols.txt', 'Directory.Build.props', 'Directory.Build.targets', 'Directory.Packages.props'
    $files = @($single | ForEach-Object { Join-Path $PSScriptRoot $_ } | Where-Object { [IO.File]::Exists($_) })
    $files += @('build', 'src' | ForEach-Object { Join-Path $PSScriptRoot $_ } | Where-Object { [IO.Directory]::Exists($_) } |
        ForEach-Object { [IO.Directory]::EnumerateFiles($_, '*', 'AllDirectories') } |
        Where-Object { $_ -notmatch '\\(bin|obj)\\' -and $_ -notlike '*\release.json' })
    foreach ($file in ($files | Sort-Object)) {
        $lines += [BitConverter]::ToString($sha.ComputeHash([IO.File]::ReadAllBytes($file))) + ' ' + $file.Substring($PSScriptRoot.Length)
    }
    $lines -join "`n"
}

# The folder that was built from these inputs, if there is one.
function Find-App($inputs) {
    if (-not [IO.File]::Exists($current)) { return $null }
    $folder, $from = [IO.File]::ReadAllText($current) -split "`n", 2
    if ($from -ceq $inputs -and [IO.File]::Exists((Join-Path $folder 'Build.dll'))) { $folder }
}

# The first SDK that global.json accepts.
function Find-Dotnet {
    $onPath = Get-Command dotnet -CommandType Application -ErrorAction SilentlyContinue | Select-Object -First 1
    $candidates = @($onPath.Source, "$env:DOTNET_ROOT\dotnet.exe", "$PSScriptRoot\.dotnet\dotnet.exe", "$env:LOCALAPPDATA\Microsoft\dotnet\dotnet.exe", "$env:ProgramFiles\dotnet\dotnet.exe")
    foreach ($candidate in $candidates) {
        if ($candidate -and [IO.File]::Exists($candidate)) {
            $ErrorActionPreference = 'Continue'
            & $candidate --version *> $null
            $ErrorActionPreference = 'Stop'
            if ($LASTEXITCODE -eq 0) { return $candidate }
        }
    }
}

function Install-Dotnet {
    $version = ([IO.File]::ReadAllText("$PSScriptRoot\global.json") | ConvertFrom-Json).sdk.version
    $script = $env:DOTNET_INSTALL_SCRIPT
    if (-not $script) {
        Stop-Here "The .NET SDK $version (or a later 10.0) was not found. Nothing was run. One of these helps:
  winget install Microsoft.DotNet.SDK.10
  `$env:DOTNET_INSTALL_SCRIPT = '<path or address of Microsoft's dotnet-install.ps1>'; .\build.ps1 ...
  installs it into .dotnet\ of this checkout and nowhere else"
    }
    Write-Line "Installing the .NET SDK $version into .dotnet\ ..."
    if (-not [IO.File]::Exists($script)) {
        $folder = New-Item -ItemType Directory -Force "$PSScriptRoot\.dotnet"
        $file = Join-Path $folder 'dotnet-install.ps1'
        Invoke-WebRequest -UseBasicParsing $script -OutFile $file
        $script = $file
    }
    & $script -JSonFile "$PSScriptRoot\global.json" -InstallDir "$PSScriptRoot\.dotnet" -NoPath | Out-Null
    "$PSScriptRoot\.dotnet\dotnet.exe"
}

# No build servers: they would outlive the script and keep its pipes open. Analyzers are for --target=Test.
function Publish-App($dotnet, $app, $log, $more) {
    $env:DOTNET_NOLOGO = '1'
    $env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'
    $ErrorActionPreference = 'Continue'
    & $dotnet publish "$PSScriptRoot\build" -c Release -o $app --artifacts-path "$store\work" --disable-build-servers --tl:off `
        -v quiet -nologo -clp:NoSummary -p:RunAnalyzers=false @more *> $log
    $LASTEXITCODE -eq 0
}

# Windows refuses to rename a folder with open files, so one that a program runs from stays.
function Remove-Unused($keep) {
    foreach ($folder in [IO.Directory]::GetDirectories($store, 'app.*')) {
        if ($folder -ne $keep) {
            try {
                [IO.Directory]::Move($folder, "$folder.unused")
                [IO.Directory]::Delete("$folder.unused", $true)
            }
            catch [IO.IOException], [UnauthorizedAccessException] { }
        }
    }
}

# One build at a time; the file's handle is gone with its process, so the lock can't be left behind.
function Enter-Lock {
    while ($true) {
        try { return [IO.File]::Open("$store\lock.windows", 'OpenOrCreate', 'ReadWrite', 'None') }
        catch [IO.IOException] { Start-Sleep -Milliseconds 200 }
    }
}

function Build-App($dotnet, $inputs) {
    [IO.Directory]::CreateDirectory($store) | Out-Null
    $lock = Enter-Lock
    try {
        $app = Find-App $inputs    # another start may have built it while this one waited
        if ($app) { return $app }

        Write-Line 'Building the release program ...'
        $keep = if ([IO.File]::Exists($current)) { ([IO.File]::ReadAllText($current) -split "`n", 2)[0] }
        Remove-Unused $keep

        # A fresh folder each time, so that a roll-out that is under way keeps the files it was started from.
        $app = Join-Path $store ('app.' + [IO.Path]::GetRandomFileName().Substring(0, 6))
        $log = "$store\build.log"
        $built = Publish-App $dotnet $app $log @('-p:ReadyToRun=true')
        if (-not $built -and (Select-String -Quiet -Path $log -Pattern 'error NU[0-9]')) {
            # Native code is a matter of speed: where its compiler can't be restored (NU....), do without.
            $built = Publish-App $dotnet $app $log @()
        }
        if (-not $built) {
            Write-Line ([IO.File]::ReadAllText($log))
            Stop-Here "The release program could not be built, so nothing was run. The compiler's errors are above."
        }

        [IO.File]::WriteAllText("$current.new", "$app`n$inputs")
        Move-Item -Force "$current.new" $current
        $app
    }
    finally { $lock.Dispose() }
}

Push-Location $PSScriptRoot
try {
    $dotnet = Find-Dotnet
    if (-not $dotnet) { $dotnet = Install-Dotnet }
    $inputs = Get-Inputs
    $app = Find-App $inputs
    if (-not $app) { $app = Build-App $dotnet $inputs }

    $env:DOTNET_ROOT = Split-Path $dotnet
    $env:PATH = "$env:DOTNET_ROOT;$env:PATH"
    $ErrorActionPreference = 'Continue'
    & $dotnet (Join-Path $app 'Build.dll') @args
    exit $LASTEXITCODE
}
finally { Pop-Location }
