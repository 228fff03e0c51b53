using Kyodo.Common;
using Kyodo.Training;
using Xunit;

namespace Kyodo.Core.Tests.Training;

/// <summary>Every verb in every state of a session and of a registration.</summary>
public sealed class TrainingStatesTests
{
    private static readonly DateTimeOffset Now = JapanTime.At(new DateOnly(2007, 5, 7), 10);
    private static readonly Actor Officer = new(1, "研修 担当", [new Duty(Role.TrainingOfficer, 1)]);
    private static readonly Actor Somebody = new(2, "道路 一子", [new Duty(Role.Respondent, 1)]);

    [Fact]
    public void Of_a_session()
    {
        foreach (var state in Enum.GetValues<SessionStatus>())
        {
            var session = In(state);
            var after = JapanTime.At(new DateOnly(2007, 6, 1), 18);
            (SessionVerb Verb, string? WhyNot)[] told =
            [
                (SessionVerb.Change, session.WhyNotChange(Officer)), (SessionVerb.Register, session.WhyNotRegister(Now)), (SessionVerb.CallOff, session.WhyNotCallOff(Officer)),
                (SessionVerb.Conclude, session.WhyNotConclude(Officer, after)), (SessionVerb.MarkAttendance, session.WhyNotMark(Officer)),
            ];
            Assert.Equal(Enum.GetValues<SessionVerb>(), told.Select(t => t.Verb));
            Assert.All(told, t => Assert.Equal(TrainingStates.Sessions.Allows(state, t.Verb), t.WhyNot is null));
            Assert.NotNull(session.WhyNotChange(Somebody));
            Assert.NotNull(session.WhyNotConclude(Somebody, after));
        }
        Assert.NotNull(In(SessionStatus.Open).WhyNotConclude(Officer, Now));
        Assert.NotNull(In(SessionStatus.Open).WhyNotRegister(JapanTime.At(new DateOnly(2007, 5, 30), 9)));
    }

    [Fact]
    public void Of_a_registration()
    {
        foreach (var state in Enum.GetValues<RegistrationStatus>())
        {
            foreach (var verb in Enum.GetValues<RegistrationVerb>())
            {
                var session = In(verb is RegistrationVerb.MarkPresent or RegistrationVerb.MarkAbsent ? SessionStatus.Held : SessionStatus.Open);
                var one = new TrainingRegistration(session, 2, "道路 一子", "doboku@pref.kumamoto.example", null, waits: false, Somebody, Now);
                typeof(TrainingRegistration).GetProperty(nameof(TrainingRegistration.Status))!.SetValue(one, state);
                Action act = verb switch
                {
                    RegistrationVerb.MoveUp => () => one.MoveUp("doboku@pref.kumamoto.example", Officer, Now),
                    RegistrationVerb.Cancel => () => one.Cancel(Somebody, Now),
                    RegistrationVerb.MarkPresent => () => one.Mark(true, Officer, Now),
                    _ => () => one.Mark(false, Officer, Now),
                };
                if (TrainingStates.Registrations.After(state, verb) is { } after)
                {
                    act();
                    Assert.Equal(after, one.Status);
                }
                else
                {
                    Assert.Throws<Refusal>(act);
                    Assert.Equal(state, one.Status);
                }
            }
        }
    }

    private static TrainingSession In(SessionStatus state)
    {
        var session = new TrainingSession(new SessionPlan("研修（見本）", CourseKind.Workplace, JapanTime.At(new DateOnly(2007, 6, 1), 13), 120, "会議室", 10, new DateOnly(2007, 5, 25)), null, Officer, Now);
        typeof(TrainingSession).GetProperty(nameof(TrainingSession.Status))!.SetValue(session, state);
        return session;
    }
}
