package jiaoying.server.security;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What somebody is in the duty room (岗位角色). */
public enum Role {
    /** 值班员. */
    DUTY_OFFICER,
    /** 带班领导. */
    DUTY_LEADER,
    /** 部门. */
    DEPARTMENT,
    /** 镇街. */
    TOWN,
    /** 村社区. */
    VILLAGE,
    /** 审计员: reads everything in his areas, does nothing. */
    AUDITOR,
    /** 系统管理员: keeps accounts and personal data, sees nothing of the duty. */
    SYSTEM_ADMINISTRATOR;

    /** The word on the wire and in the database, for example {@code duty-officer}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The name that rules of access use. */
    String authority() {
        return "ROLE_" + name();
    }

    public static Optional<Role> find(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }

    public static String words() {
        return String.join(", ", Arrays.stream(values()).map(Role::word).toList());
    }
}
