using System.CommandLine;
using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Organizations.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Commands;

/// <summary><c>user add</c> and <c>user password</c>: the operator's way to the first account. The password is read from standard input.</summary>
internal static class UserCommand
{
    private static readonly Actor Operator = CommonOptions.Operator(new Duty(Role.Administrator, 0));

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
            if (PeopleRules.WhyNotAddress(address) is { } wrong)
                throw new Refusal(Words.Say(wrong, $"{address} is no mail address."));
            var key = address.ToUpperInvariant();
            if (await db.People.AnyAsync(p => p.NormalizedUserName == key, stop))
                throw new Refusal(Words.Say($"「{address}」はもう登録されています。", $"{address} is already entered."));
            var code = parsed.GetValue(unit)!;
            var where = await db.OrgUnits.FirstOrDefaultAsync(u => u.Code == code, stop) ?? throw new Refusal(Words.Say($"組織「{code}」はありません。", $"There is no unit {code}."));
            var (person, now) = (new Person(address, parsed.GetValue(name)!), TimeProvider.System.GetUtcNow());
            person.Note(Operator, now, "person-entered", person.Name);
            person.ChangePassword(new PasswordHasher<Person>().HashPassword(person, ReadPassword(address)), Operator, now);
            foreach (var role in parsed.GetValue(roles)!)
            {
                person.Appoint(where, role);
                person.Note(Operator, now, "appointment-given", new Grant(where, role, default).Words);
            }
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
            var person = await db.People.Include(p => p.File).FirstOrDefaultAsync(p => p.NormalizedUserName == key, stop)
                ?? throw new Refusal(Words.Say($"「{address}」という人は登録されていません。", $"There is no account {address}."));
            person.ChangePassword(new PasswordHasher<Person>().HashPassword(person, ReadPassword(address)), Operator, TimeProvider.System.GetUtcNow());
            await db.SaveChangesAsync(stop);
            Terminal.Finish(parsed, new { email = address }, Words.Say("パスワードを変えました。", "The password was changed."));
            return 0;
        });
        return command;
    }

    private static string ReadPassword(string email)
    {
        var password = Console.In.ReadLine();
        return PasswordRule.WhyNot(password, email) is { } why
            ? throw new Refusal(Words.Say($"{why}パスワードは標準入力の1行目で渡します。", $"Give the password as the first line of standard input: {PasswordRule.Shortest} to {PasswordRule.Longest} characters, {PasswordRule.FewestDifferent} different ones, not the address."))
            : password!;
    }
}
