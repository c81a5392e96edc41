"""What the lists of the counter say: thirty rows, as on a busy day."""

COUNTER = {
    "county": "示例县供电公司",
    "station": "河口供电所",
    "terminal": "HK01",
    "day": "2026年11月20日",
    "list_no": "JJ-HK01-261120-01",
    "carrier": "赵军",
    "count": "30",
}
LISTS: dict[str, list[dict[str, str]]] = {
    "handover_list": [
        {
            "sheet_no": f"YK4101-HK01-261120-{at:04}-1",
            "number": f"YK4101-HK01-261120-{at:04}",
            "customer_name": ("陈𬱖英", "柳湾粮油加工有限责任公司")[at % 2],
            "address": "示例县河口镇柳湾村三组 1 号（村委会东侧砖混房）",
            "accepted_at": "2026-11-20 15:42",
            "due": "11-23 17:30",
            "project_manager": "李明",
            "signature": "",
            "signed_at": "",
        }
        for at in range(1, 31)
    ],
    "business_log": [
        {
            "recorded": f"11-20 15:{at:02}:10",
            "stated": f"11-20 15:{at:02}",
            "number": f"YK4101-HK01-261120-{at:04}",
            "customer_name": "陈𬱖英",
            "words": f"正式受理，编号 YK4101-HK01-261120-{at:04}",
            "actor": "王丽",
            "terminal": "HK01",
        }
        for at in range(1, 31)
    ],
    "seal_register": [
        {
            "issued": "2026-11-20 15:43",
            "sheet_no": f"YK4101-HK01-261120-{at:04}-1",
            "title": "业扩报装工单",
            "customer_name": "陈𬱖英",
            "seal": "供电业务专用章",
            "seal_act": "作废" if at == 3 else "出具",
            "seal_how": "图片",
            "seal_copies": "" if at == 3 else "2",
            "seal_reason": "打印不清" if at == 3 else "",
            "issued_by": "王丽",
        }
        for at in range(1, 31)
    ],
    "monthly_report": [],  # its sections come from the statistics: tests/ui/test_statistics.py
    "case_list": [{"column_1": "陈𬱖英"}],  # its columns come from the screen: tests/office/test_listing.py
}
