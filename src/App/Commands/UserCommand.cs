using System.CommandLine;
using Kyodo.Common;
using Kyodo.Organizations;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Commands;

/// <summary><c>user add</c> and <c>user password</c>: the operator's way to the first account. The password is read from standard input.</summary>
internal static class UserCommand
{
    private const int ShortestPassword = 12;

    public static Command Create() => new("user", Words.Say("利用者", "accounts")) { Add(), Password() };

    private static Command Add()
    {
        var email = new Argument<string>("EMAIL");
        var name = new Option<string>("--name") { Required = true, Description = Words.Say("名前", "name") };
        var unit = new Option<string>("--unit") { Required = true, Description = Words.Say("組織コード", "unit code") };
        var roles = new Option<Role[]>("--role") { Required = true, AllowMultipleArgumentsPerToken = true, Description = string.Join(", ", Enum.GetNames<Role>()) };
        var command = new Command("add", Words.Say("利用者を登録する（パスワードは標準入力）", "enter an account (password from standard input)")) { email, name, unit, roles };
        command.SetAction(async (parsed, stop) =>
        {
            var database = await CommonOptions.ExistingAsync(parsed, stop);
            await using var db = database.Open();
            var address = parsed.GetValue(email)!;
            var key = address.ToUpperInvariant();
            if (await db.People.AnyAsync(p => p.NormalizedUserName == key, stop))
                throw new Refusal(Words.Say($"「{address}」はもう登録されています。", $"{address} is already entered."));
            var code = parsed.GetValue(unit)!;
            var where = await db.OrgUnits.FirstOrDefaultAsync(u => u.Code == code, stop) ?? throw new Refusal(Words.Say($"組織「{code}」はありません。", $"There is no unit {code}."));
            var person = new Person(address, parsed.GetValue(name)!) { NormalizedEmail = address.ToUpperInvariant(), NormalizedUserName = address.ToUpperInvariant(), EmailConfirmed = true, LockoutEnabled = true };
            person.PasswordHash = new PasswordHasher<Person>().HashPassword(person, ReadPassword());
            foreach (var role in parsed.GetValue(roles)!)
                person.Appoint(where, role);
            db.People.Add(person);
            await db.SaveChangesAsync(stop);
            Terminal.Finish(parsed, new { email = address }, Words.Say($"「{address}」を登録しました。", $"Entered {address}."));
            return 0;
        });
        return command;
    }

    private static Command Password()
    {
        var email = new Argument<string>("EMAIL");
        var command = new Command("password", Words.Say("パスワードを変える（標準入力）。いまのサインインはすべて終わる", "change a password (standard input); ends all sessions")) { email };
        command.SetAction(async (parsed, stop) =>
        {
            var database = await CommonOptions.ExistingAsync(parsed, stop);
            await using var db = database.Open();
            var address = parsed.GetValue(email)!;
            var key = address.ToUpperInvariant();
            var person = await db.People.FirstOrDefaultAsync(p => p.NormalizedUserName == key, stop)
                ?? throw new Refusal(Words.Say($"「{address}」という人は登録されていません。", $"There is no account {address}."));
            person.PasswordHash = new PasswordHasher<Person>().HashPassword(person, ReadPassword());
            person.SecurityStamp = Guid.NewGuid().ToString("N");
            await db.SaveChangesAsync(stop);
            Terminal.Finish(parsed, new { email = address }, Words.Say("パスワードを変えました。", "The password was changed."));
            return 0;
        });
        return command;
    }

    private static string ReadPassword() => Console.In.ReadLine() is { Length: >= ShortestPassword and <= 200 } password
        ? password
        : throw new Refusal(Words.Say($"パスワードを標準入力の1行目に、{ShortestPassword}字以上で渡してください。", $"Give the password as the first line of standard input, {ShortestPassword} characters or more."));
}
