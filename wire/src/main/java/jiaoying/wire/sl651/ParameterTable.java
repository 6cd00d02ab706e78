package jiaoying.wire.sl651;

import java.util.List;

/** Parameters of a station (遥测站参数配置表), appendix D, tables D.1 (01 to 0F) and D.4 (20 to A8). */
final class ParameterTable {
    static final List<TableRow> ROWS = TableRow.parse("""
            01     | | B4   |       | 中心站地址 | centre addresses
            02     | | B5   |       | 遥测站地址 | station address
            03     | | B2   |       | 密码 | password
            04*4/2 | | B0   |       | 中心站#主信道类型及地址 | main channel of centre #
            05*4/2 | | B0   |       | 中心站#备用信道类型及地址 | spare channel of centre #
            0C     | | 2    |       | 工作方式 | mode of work
            0D     | | B8   |       | 遥测站采集要素设置 | elements measured
            0E     | | B0   |       | 中继站(集合转发站)服务地址范围 | stations served by a relay
            0F     | | B0   |       | 遥测站通信设备识别号 | identity of the communication device
            20     | | 2    | h     | 定时报时间间隔 | interval of timed reports
            21     | | 2    | min   | 加报时间间隔 | interval of additional reports
            22     | | 2    | h     | 降水量日起始时间 | start of the rain day
            23     | | 4    | s     | 采样间隔 | sampling interval
            24     | | 2    | min   | 水位数据存储间隔 | storing interval of levels
            25     | | 2,1  | mm    | 雨量计分辨力 | resolution of the rain gauge
            26     | | 2,1  | cm    | 水位计分辨力 | resolution of the level gauge
            27     | | 2    | mm    | 雨量加报阈值 | rain that brings an additional report
            28*8   | | 7,3  | m     | 水位基值# | reference level #
            30*8   | | 5,3  | m     | 水位修正基值# | level correction #
            38*8   | | 4,2  | m     | 加报水位# | relative level # that brings an additional report
            40     | | 3,2  | m     | 加报水位以上加报阈值 | rise above it that brings another
            41     | | 3,2  | m     | 加报水位以下加报阈值 | change below it that brings another
            42     | | 6,3  | m³/s  | 流量加报阈值 | discharge that brings an additional report
            43     | | 5,3  | m/s   | 流速加报阈值 | velocity that brings an additional report
            44     | | 3,2  | m     | 闸位加报阈值 | gate opening that brings an additional report
            45     | | 6    | kW    | 功率加报阈值 | power that brings an additional report
            46     | | 4    | hPa   | 气压加报阈值 | air pressure that brings an additional report
            47     | | 4,2  | m/s   | 风速加报阈值 | wind speed that brings an additional report
            48     | | 2,1  | °C    | 水温加报阈值 | water temperature that brings an additional report
            49*8/2 | | 4,2  | m     | 取(排)水口#上限水位 | upper level at intake or outlet #
            4A*8/2 | | 4,2  | m     | 取(排)水口#下限水位 | lower level at intake or outlet #
            59*8/2 | | 8,2  | kPa   | 取(排)水口#上限水压 | upper pressure at intake or outlet #
            5A*8/2 | | 8,2  | kPa   | 取(排)水口#下限水压 | lower pressure at intake or outlet #
            69     | | 3,1  | °C    | 水温上限 | upper water temperature
            6A     | | 3,1  | °C    | 水温下限 | lower water temperature
            6B     | | 2,1  |       | pH值上限 | upper pH
            6C     | | 2,1  |       | pH值下限 | lower pH
            6D     | | 4,1  | mg/L  | 溶解氧上限 | upper dissolved oxygen
            6E     | | 4,1  | mg/L  | 溶解氧下限 | lower dissolved oxygen
            6F     | | 4,1  | mg/L  | 高锰酸盐指数上限 | upper permanganate index
            70     | | 4,1  | mg/L  | 高锰酸盐指数下限 | lower permanganate index
            71     | | 5    | µS/cm | 电导率上限 | upper conductivity
            72     | | 5    | µS/cm | 电导率下限 | lower conductivity
            73     | | 5,1  | mV    | 氧化还原电位上限 | upper redox potential
            74     | | 5,1  | mV    | 氧化还原电位下限 | lower redox potential
            75     | | 3    | NTU   | 浊度上限 | upper turbidity
            76     | | 3    | NTU   | 浊度下限 | lower turbidity
            77     | | 6,2  | mg/L  | 氨氮上限 | upper ammonia nitrogen
            78     | | 6,2  | mg/L  | 氨氮下限 | lower ammonia nitrogen
            79     | | 5,2  | mg/L  | 总氮上限 | upper total nitrogen
            7A     | | 5,2  | mg/L  | 总氮下限 | lower total nitrogen
            7B     | | 7,4  | mg/L  | 铜上限 | upper copper
            7C     | | 7,4  | mg/L  | 铜下限 | lower copper
            7D     | | 6,4  | mg/L  | 锌上限 | upper zinc
            7E     | | 6,4  | mg/L  | 锌下限 | lower zinc
            7F     | | 5,2  | mg/L  | 氟化物上限 | upper fluoride
            80     | | 5,2  | mg/L  | 氟化物下限 | lower fluoride
            81     | | 7,5  | mg/L  | 硒上限 | upper selenium
            82     | | 7,5  | mg/L  | 硒下限 | lower selenium
            83     | | 7,5  | mg/L  | 砷上限 | upper arsenic
            84     | | 7,5  | mg/L  | 砷下限 | lower arsenic
            85     | | 7,5  | mg/L  | 汞上限 | upper mercury
            86     | | 7,5  | mg/L  | 汞下限 | lower mercury
            87     | | 7,5  | mg/L  | 镉上限 | upper cadmium
            88     | | 7,5  | mg/L  | 镉下限 | lower cadmium
            89     | | 4,2  | mg/L  | 总有机碳上限 | upper total organic carbon
            8A     | | 4,2  | mg/L  | 总有机碳下限 | lower total organic carbon
            8B     | | 4,2  | mg/L  | 叶绿素上限 | upper chlorophyll
            8C     | | 4,2  | mg/L  | 叶绿素下限 | lower chlorophyll
            8D     | | 11,3 | m³/s  | 流量上限 | upper discharge
            8E*8   | | 11,3 | m³    | 水表#充值水量 | water bought on meter #
            96     | | 11,3 | m³    | 水量定值量 | water quota
            97     | | B0   |       | 固态存储数据初始化 | clearing of the stored data
            98     | | B0   |       | 遥测终端参数恢复出厂设置 | return to factory settings
            99*8   | | 11,3 | m³    | 水表#水量表底(初始)值 | first reading of meter #
            A1*8   | | 11,3 | m³    | 水表#剩余水量报警值 | alarm of water left on meter #
            """);

    private ParameterTable() {}
}
