# Does the set-up work on a real Windows? `installer/windows/smoke.ps1 yekuo-setup-X.Y.Z.exe`
# Installs without asking, works without a window and in one, upgrades over itself, and goes without taking the data.
param([Parameter(Mandatory)][string]$Setup)
$ErrorActionPreference = "Stop"
$place = Join-Path $env:LOCALAPPDATA "Programs\Yekuo"
$yekuo = Join-Path $place "bin\yekuo.exe"
$work = New-Item -ItemType Directory -Force (Join-Path $env:TEMP "yekuo-smoke")
$county = Join-Path $work "county"

function Step($words) { Write-Host "== $words" }
function Must($words) { if (-not $?) { throw $words } }
function Run { & $yekuo @args; if ($LASTEXITCODE -ne 0) { throw "yekuo $args ended with $LASTEXITCODE" } }
function Install($program) {
  $run = Start-Process $program -ArgumentList "/S" -PassThru -Wait
  if ($run.ExitCode -ne 0) { throw "$program ended with $($run.ExitCode)" }
}

Step "installs for this person"
Install $Setup
if (-not (Test-Path $yekuo)) { throw "no $yekuo" }
Run --version

Step "makes the practice county, and a work order of it"
Run setup --practice --data $county
$env:YEKUO_PASSWORD = "yekuo-2026"
$rows = & $yekuo cases --data $county --json | ConvertFrom-Json
$number = ($rows | Where-Object { $_.number } | Select-Object -First 1).number
Run paper $number work_order --as wangli --data $county --out (Join-Path $work "order.pdf")
$head = [System.IO.File]::ReadAllBytes((Join-Path $work "order.pdf"))[0..4]
if ([System.Text.Encoding]::ASCII.GetString($head) -ne "%PDF-") { throw "no PDF" }
Run verify --data $county

Step "accepts a case in the window"
$env:QT_QPA_PLATFORM = "offscreen"
Run tour --case lv_resident --out (Join-Path $work "tour")
Remove-Item Env:QT_QPA_PLATFORM

Step "stays open on the screen"
$window = Start-Process (Join-Path $place "Python\pythonw.exe") `
  -ArgumentList "`"$(Join-Path $place 'yekuo.launch.pyw')`"", "--data", $county, "--as", "wangli" -PassThru
if ($window.WaitForExit(20000)) { throw "the window closed with $($window.ExitCode)" }

Step "is not overwritten while it runs"
$run = Start-Process $Setup -ArgumentList "/S" -PassThru -Wait
if ($run.ExitCode -eq 0) { throw "it was overwritten while it ran" }
Stop-Process $window.Id

Step "upgrades over itself"
Install $Setup
Run --version

Step "goes, and leaves the data"
Start-Process (Join-Path $place "uninstall.exe") -ArgumentList "/S", "_?=$place" -Wait
if (Test-Path (Join-Path $place "pkgs")) { throw "the program is still there" }
if (-not (Test-Path $county)) { throw "the data is gone" }
Write-Host "passed"
