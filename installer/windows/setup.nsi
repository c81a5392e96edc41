; The set-up for Windows 10 and 11: for one person, without an administrator. build.py fills in what stands in brackets.
Unicode true
ManifestDPIAware true
ManifestSupportedOS all
SetCompressor /SOLID lzma
RequestExecutionLevel user

!include "MUI2.nsh"
!include "WinVer.nsh"
!include "x64.nsh"
!include "FileFunc.nsh"

!define PRODUCT "业扩报装"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Yekuo"

Name "${PRODUCT}"
OutFile "[[ib.installer_name]]"
InstallDir "$LOCALAPPDATA\Programs\Yekuo"
InstallDirRegKey HKCU "${KEY}" "InstallLocation"
BrandingText "${PRODUCT} [[ib.version]]"
VIProductVersion "[[ib.version]].0"
VIAddVersionKey /LANG=2052 "ProductName" "${PRODUCT}"
VIAddVersionKey /LANG=2052 "ProductVersion" "[[ib.version]]"
VIAddVersionKey /LANG=2052 "FileVersion" "[[ib.version]]"
VIAddVersionKey /LANG=2052 "FileDescription" "${PRODUCT}安装程序"
VIAddVersionKey /LANG=2052 "LegalCopyright" ""

!define MUI_ABORTWARNING
!define MUI_ICON "[[icon]]"
!define MUI_UNICON "[[icon]]"
!define MUI_WELCOMEPAGE_TITLE "安装${PRODUCT} [[ib.version]]"
!define MUI_WELCOMEPAGE_TEXT "供电所柜台用的业扩报装程序,断网也能办。$\r$\n$\r$\n只为当前用户安装,不需要管理员密码。业务数据单独存放在本人的数据文件夹里,升级和卸载都不会动它。$\r$\n$\r$\n升级前请先退出正在运行的业扩报装。"
!define MUI_FINISHPAGE_RUN "$INSTDIR\Python\pythonw.exe"
!define MUI_FINISHPAGE_RUN_PARAMETERS '$\"$INSTDIR\yekuo.launch.pyw$\"'
!define MUI_FINISHPAGE_RUN_TEXT "现在打开${PRODUCT}"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_LICENSE "[[license_file]]"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!define MUI_UNCONFIRMPAGE_TEXT_TOP "将卸载程序。业务数据留在本人的数据文件夹里,重新安装后可以接着用。"
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

Function .onInit
  ${IfNot} ${AtLeastWin10}
    MessageBox MB_OK|MB_ICONSTOP "${PRODUCT}需要 Windows 10 或 Windows 11,这台电脑的 Windows 太旧,不能安装。请换一台电脑,或联系信息中心升级系统。" /SD IDOK
    SetErrorLevel 3
    Quit
  ${EndIf}
  ${IfNot} ${RunningX64}
    MessageBox MB_OK|MB_ICONSTOP "${PRODUCT}需要 64 位的 Windows,这台电脑是 32 位的,不能安装。" /SD IDOK
    SetErrorLevel 3
    Quit
  ${EndIf}
FunctionEnd

; A library of a running program cannot be opened for writing: nothing is touched then.
!macro STOP_WHILE_RUNNING
  again_${__FUNCTION__}:
  IfFileExists "$INSTDIR\Python\python3.dll" 0 free_${__FUNCTION__}
    ClearErrors
    FileOpen $0 "$INSTDIR\Python\python3.dll" a
    IfErrors 0 close_${__FUNCTION__}
      MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${PRODUCT}正在运行。请先保存并退出,再点“重试”。" /SD IDCANCEL IDRETRY again_${__FUNCTION__}
      SetErrorLevel 4
      Abort
    close_${__FUNCTION__}:
    FileClose $0
  free_${__FUNCTION__}:
!macroend

Function stopWhileRunning
  !insertmacro STOP_WHILE_RUNNING
FunctionEnd

Function un.stopWhileRunning
  !insertmacro STOP_WHILE_RUNNING
FunctionEnd

Section "!${PRODUCT}"
  SectionIn RO
  Call stopWhileRunning
  ; What an older version had and this one has not must not be found any more.
  RMDir /r "$INSTDIR\pkgs"
  RMDir /r "$INSTDIR\Python"
  SetOutPath "$INSTDIR\pkgs"
  File /r "pkgs\*.*"
  [% for destination, group in grouped_files %]
  SetOutPath "[[destination]]"
  [% for file in group %]
  File "[[file]]"
  [% endfor %]
  [% endfor %]
  [% for dir, destination in ib.install_dirs %]
  SetOutPath "[[pjoin(destination, dir)]]"
  File /r "[[dir]]\*.*"
  [% endfor %]
  SetOutPath "$INSTDIR"
  CreateShortCut "$SMPROGRAMS\${PRODUCT}.lnk" "$INSTDIR\Python\pythonw.exe" '"$INSTDIR\yekuo.launch.pyw"' "$INSTDIR\[[icon]]"
  CreateShortCut "$DESKTOP\${PRODUCT}.lnk" "$INSTDIR\Python\pythonw.exe" '"$INSTDIR\yekuo.launch.pyw"' "$INSTDIR\[[icon]]"
  [% if has_commands %]
  nsExec::ExecToLog '[[python]] -Es "$INSTDIR\_system_path.py" add_user "$INSTDIR\bin"'
  [% endif %]
  DetailPrint "正在准备程序…"
  nsExec::ExecToLog '[[python]] -m compileall -q "$INSTDIR\pkgs"'
  WriteUninstaller "$INSTDIR\uninstall.exe"
  WriteRegStr HKCU "${KEY}" "DisplayName" "${PRODUCT}"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "[[ib.version]]"
  WriteRegStr HKCU "${KEY}" "Publisher" "[[ib.publisher]]"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\[[icon]]"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  IntFmt $0 "0x%08X" $0
  WriteRegDWORD HKCU "${KEY}" "EstimatedSize" "$0"
SectionEnd

; The data lies in $LOCALAPPDATA\yekuo and stays.
Section "Uninstall"
  Call un.stopWhileRunning
  [% if has_commands %]
  nsExec::ExecToLog '[[python]] -Es "$INSTDIR\_system_path.py" remove "$INSTDIR\bin"'
  [% endif %]
  Delete "$SMPROGRAMS\${PRODUCT}.lnk"
  Delete "$DESKTOP\${PRODUCT}.lnk"
  RMDir /r "$INSTDIR\pkgs"
  [% for file, destination in ib.install_files %]
  Delete "[[pjoin(destination, file)]]"
  [% endfor %]
  [% for dir, destination in ib.install_dirs %]
  RMDir /r "[[pjoin(destination, dir)]]"
  [% endfor %]
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  DeleteRegKey HKCU "${KEY}"
SectionEnd
