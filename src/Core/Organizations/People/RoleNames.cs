using Kyodo.Common;

namespace Kyodo.Organizations.People;

/// <summary>Roles as people call them, on pages and in files.</summary>
public static class RoleNames
{
    public static string Of(Role role) => role switch
    {
        Role.Respondent => "回答担当",
        Role.Approver => "決裁者",
        Role.Coordinator => "取りまとめ担当",
        Role.Juror => "審査員",
        Role.TrainingOfficer => "研修担当",
        Role.Auditor => "監査",
        _ => "管理者",
    };

    /// <summary>The role that the word names, in Japanese or as in the code; null where there is none.</summary>
    public static Role? Find(string? word) =>
        Enum.GetValues<Role>().Select(role => (Role?)role).FirstOrDefault(role => TextForms.Key(Of(role!.Value)) == TextForms.Key(word) || TextForms.Key(role.ToString()) == TextForms.Key(word));

    public static string All => string.Join("、", Enum.GetValues<Role>().Select(Of));
}
