"""Words that real lists use for the entries of code tables, and for yes and no."""

YES = frozenset(
    ("是", "有", "对", "√", "✓", "✔", "☑", "v", "y", "yes", "true", "1", "已收", "需要", "要", "需")
)
NO = frozenset(
    ("否", "无", "没", "没有", "×", "✗", "☐", "x", "n", "no", "false", "0", "未收", "不需要", "不要", "/")
)
# Words of lists that no label contains, or that more than one label contains. Code tables in
# ``resources/codes`` are looked up by label first; a target is a label or an id.
SYNONYMS: dict[str, dict[str, tuple[str, ...]]] = {
    "classes": {
        "居民": ("lv_resident",),
        "居民生活": ("lv_resident",),
        "居民客户": ("lv_resident",),
        "非居民": ("lv_nonresident",),
        "低压非居": ("lv_nonresident",),
        "非居": ("lv_nonresident",),
        "单电源": ("hv_single",),
        "双电源": ("hv_dual",),
        "高压双路": ("hv_dual",),
        "高压单路": ("hv_single",),
    },
    "businesses": {
        "报装": ("new",),
        "新增": ("new",),
        "新报装": ("new",),
        "扩容": ("increase",),
        "增加容量": ("increase",),
        "临时": ("temporary",),
        "批量": ("batch",),
        "低压批量新装": ("batch",),
        "批量新装": ("batch",),
    },
    "documents": {
        "身份证": ("identity_card",),
        "身份证件": ("identity_card",),
        "二代身份证": ("identity_card",),
        "第二代身份证": ("identity_card",),
        "执照": ("business_licence",),
        "营业执照": ("business_licence",),
        "工商营业执照": ("business_licence",),
        "统一社会信用代码": ("business_licence",),
        "统一社会信用代码证": ("business_licence",),
        "信用代码": ("business_licence",),
        "户口本": ("household_register",),
        "军官证": ("military_card",),
        "士兵证": ("military_card",),
    },
    "categories": {
        "居民": ("200",),
        "居民用电": ("200",),
        "居民生活用电": ("200",),
        "一般工商业及其他": ("400",),
        "一般工商业及其它": ("400",),
        "工商业": ("400",),
        "工商业及其他": ("400",),
        "农业": ("300",),
        "农业用电": ("300",),
        "农业生产用电": ("300",),
        "排灌": ("301",),
        "其他": ("900",),
    },
    "channels": {"大厅": ("counter",), "柜台": ("counter",), "电话": ("phone",), "网上": ("web",)},
    "standings": {"户主": ("owner",), "产权人": ("owner",), "承租人": ("tenant",)},
    "load_nature": {
        **{f"{word}{rest}": (f"{word}类",) for word in "一二三" for rest in ("级", "级负荷", "类负荷")},
    },
    "meter_registers": {
        **{word: (f"正向有功{word}",) for word in "总尖峰平谷"},
        **{f"{word}时段": (f"正向有功{word}",) for word in "尖峰平谷"},
        **dict.fromkeys(("正向有功", "有功", "有功总", "总有功"), ("正向有功总",)),
        **dict.fromkeys(("正向无功", "无功", "无功总", "总无功"), ("正向无功总",)),
        "反向有功": ("反向有功总",),
    },
    "supply_modes": {
        "单相": ("single_phase",),
        "220": ("single_phase",),
        "三相": ("three_phase",),
        "380": ("three_phase",),
    },
}
