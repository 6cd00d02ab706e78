package jiaoying.wire.sl651;

import java.util.List;

/** Elements and their identifiers (编码要素及标识符汇总表), appendix C, table C.1. */
final class ElementTable {
    static final List<TableRow> ROWS = TableRow.parse("""
            F4   | DRP   | B12  | 0.1 mm | 1小时内每5分钟时段雨量 | rain in each 5 minutes of an hour
            F5*8 | DRZ#  | B24  | 0.01 m | 1小时内5分钟间隔相对水位# | relative water level # each 5 minutes of an hour
            01   | AC    | 8,2  | m²     | 断面面积 | area of the cross section
            02   | AI    | 3,1  | °C     | 瞬时气温 | air temperature
            03   | C     | 3,1  | °C     | 瞬时水温 | water temperature
            05   | DT    | 4,2  | h.min  | 时段长，降水、引排水、抽水历时 | length of a period
            06   | ED    | 5,1  | mm     | 日蒸发量 | evaporation of the day
            07   | EJ    | 5,1  | mm     | 当前蒸发 | evaporation since the day's start
            08   | FL    | 5    | hPa    | 气压 | air pressure
            09   | GH    | 5,2  | m      | 闸坝、水库闸门开启高度 | opening of a gate
            0A   | GN    | 3    |        | 输水设备、闸门(组)编号 | number of a gate or group
            0B   | GS    | 1    |        | 输水设备类别 | kind of conveying device
            0C   | GT    | 3    |        | 水库、闸坝闸门开启孔数 | gates open
            0D   | GTP   | 3,1  | °C     | 地温 | ground temperature
            0E   | H     | 6,2  | m      | 地下水瞬时埋深 | depth to groundwater
            0F   | HW    | 5,2  | m      | 波浪高度 | wave height
            10   | M10   | 4,1  | %      | 10厘米处土壤含水量 | soil moisture at 10 cm
            11   | M20   | 4,1  | %      | 20厘米处土壤含水量 | soil moisture at 20 cm
            12   | M30   | 4,1  | %      | 30厘米处土壤含水量 | soil moisture at 30 cm
            13   | M40   | 4,1  | %      | 40厘米处土壤含水量 | soil moisture at 40 cm
            14   | M50   | 4,1  | %      | 50厘米处土壤含水量 | soil moisture at 50 cm
            15   | M60   | 4,1  | %      | 60厘米处土壤含水量 | soil moisture at 60 cm
            16   | M80   | 4,1  | %      | 80厘米处土壤含水量 | soil moisture at 80 cm
            17   | M100  | 4,1  | %      | 100厘米处土壤含水量 | soil moisture at 100 cm
            18   | MST   | 4,1  | %      | 湿度 | humidity
            19   | NS    | 2    |        | 开机台数 | pumps running
            1A   | P1    | 5,1  | mm     | 1小时时段降水量 | rain of 1 hour
            1B   | P2    | 5,1  | mm     | 2小时时段降水量 | rain of 2 hours
            1C   | P3    | 5,1  | mm     | 3小时时段降水量 | rain of 3 hours
            1D   | P6    | 5,1  | mm     | 6小时时段降水量 | rain of 6 hours
            1E   | P12   | 5,1  | mm     | 12小时时段降水量 | rain of 12 hours
            1F   | PD    | 5,1  | mm     | 日降水量 | rain of the day
            20   | PJ    | 5,1  | mm     | 当前降水量 | rain since the day's start
            21   | PN01  | 5,1  | mm     | 1分钟时段降水量 | rain of 1 minute
            22   | PN05  | 5,1  | mm     | 5分钟时段降水量 | rain of 5 minutes
            23   | PN10  | 5,1  | mm     | 10分钟时段降水量 | rain of 10 minutes
            24   | PN30  | 5,1  | mm     | 30分钟时段降水量 | rain of 30 minutes
            25   | PR    | 5,1  | mm     | 暴雨量 | rain of a storm
            26   | PT    | 6,1  | mm     | 降水量累计值 | running total of rain
            27   | Q     | 9,3  | m³/s   | 瞬时流量、抽水流量 | discharge
            28*8 | Q#    | 9,3  | m³/s   | 取(排)水口流量# | discharge at intake or outlet #
            30   | QA    | 9,3  | m³/s   | 总出库流量、过闸总流量 | total outflow
            31   | QZ    | 9,3  | m³/s   | 输水设备流量、过闸(组)流量 | discharge of a gate or group
            32   | SW    | 11,3 | 10⁴ t  | 输沙量 | sediment carried
            33   | UC    | 2    |        | 风向 | wind direction, 1..16 clockwise from north
            34   | UE    | 2    |        | 风力(级) | wind force
            35   | US    | 4,1  | m/s    | 风速 | wind speed
            36   | VA    | 5,3  | m/s    | 断面平均流速 | mean velocity of the cross section
            37   | VJ    | 5,3  | m/s    | 当前瞬时流速 | velocity
            38   | VT    | 4,2  | V      | 电源电压 | supply voltage
            39   | Z     | 7,3  | m      | 瞬时河道水位、潮位 | river or tide level
            3A   | ZB    | 7,3  | m      | 库(闸、站)下水位 | level below reservoir, sluice or pump station
            3B   | ZU    | 7,3  | m      | 库(闸、站)上水位 | level above reservoir, sluice or pump station
            3C*8 | Z#    | 7,3  | m      | 取(排)水口水位# | level at intake or outlet #
            44   | SQ    | 9,3  | kg/m³  | 含沙量 | sediment concentration
            45   | ZT    | B4   |        | 遥测站状态及报警信息 | status and alarms of the station
            46   | pH    | 4,2  |        | pH值 | pH
            47   | DO    | 4,1  | mg/L   | 溶解氧 | dissolved oxygen
            48   | COND  | 5    | µS/cm  | 电导率 | conductivity
            49   | TURB  | 3    | NTU    | 浊度 | turbidity
            4A   | CODMN | 4,1  | mg/L   | 高锰酸盐指数 | permanganate index
            4B   | REDOX | 5,1  | mV     | 氧化还原电位 | redox potential
            4C   | NH4N  | 6,2  | mg/L   | 氨氮 | ammonia nitrogen
            4D   | TP    | 5,3  | mg/L   | 总磷 | total phosphorus
            4E   | TN    | 5,2  | mg/L   | 总氮 | total nitrogen
            4F   | TOC   | 4,2  | mg/L   | 总有机碳 | total organic carbon
            50   | CU    | 7,4  | mg/L   | 铜 | copper
            51   | ZN    | 6,4  | mg/L   | 锌 | zinc
            52   | SE    | 7,5  | mg/L   | 硒 | selenium
            53   | AS    | 7,5  | mg/L   | 砷 | arsenic
            54   | THG   | 7,5  | mg/L   | 总汞 | total mercury
            55   | CD    | 7,5  | mg/L   | 镉 | cadmium
            56   | PB    | 7,5  | mg/L   | 铅 | lead
            57   | CHLA  | 4,2  | mg/L   | 叶绿素a | chlorophyll a
            58*8 | WP#   | 5,2  | kPa    | 水压# | water pressure #
            60*8 | SYL#  | 11,3 | m³     | 水表#剩余水量 | water left on meter #
            68*8 | SBL#  | 10,2 | m³/h   | 水表#每小时水量 | water per hour on meter #
            70   | VTA   | 4,1  | V      | 交流A相电压 | voltage of phase A
            71   | VTB   | 4,1  | V      | 交流B相电压 | voltage of phase B
            72   | VTC   | 4,1  | V      | 交流C相电压 | voltage of phase C
            73   | VIA   | 4,1  | A      | 交流A相电流 | current of phase A
            74   | VIB   | 4,1  | A      | 交流B相电流 | current of phase B
            75   | VIC   | 4,1  | A      | 交流C相电流 | current of phase C
            """);

    private ElementTable() {}
}
