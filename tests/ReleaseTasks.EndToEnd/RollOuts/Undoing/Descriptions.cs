namespace ReleaseTasks.EndToEnd.RollOuts.Undoing;

/// <summary>Pull requests' descriptions that differ in how they go back.</summary>
internal static class Descriptions
{
    public const string CodeOnly = """
        ## Solution
        **Original issue and supporting materials**: #1 increase navbar width
        **Downsides**: None

        ## Roll-out plan
        **Deployment risks**: None
        **Deployment assistants**: None
        **Backing services related changes**: None
        **Backuping steps**: None
        **Deployment steps**:
          1. [ ] Merge PR into master

        ## Verification plan
          1. [ ] Monitor papertrail and getsentry

        ## Rollback strategy
          1. [ ] Rollback release to previous revision: `heroku rollback vXX`
        """;

    /// <summary>A config var is changed, then the code released.</summary>
    public const string ConfigVar = """
        ## Solution
        **Original issue and supporting materials**: #1 longer pages
        **Downsides**: None

        ## Roll-out plan
        **Deployment risks**: None
        **Deployment assistants**: None
        **Backing services related changes**:
          * environment variables:
            * updating `PAGE_SIZE`, removing `MOTTO`
        **Backuping steps**:
          1. [ ] Backup `PAGE_SIZE` variable value
             `heroku config:get PAGE_SIZE > PAGE_SIZE.old`
          2. [ ] Backup `MOTTO` variable value
             `heroku config:get MOTTO > MOTTO.old`
        **Deployment steps**:
          1. [ ] Merge PR into master
          2. [ ] `heroku config:set PAGE_SIZE=99 --app sushi`
          3. [ ] `heroku config:unset MOTTO --app sushi`
          4. [ ] Deploy app new release

        ## Verification plan
          1. [ ] Monitor papertrail and getsentry

        ## Rollback strategy
          1. [ ] Rollback release to previous revision: `heroku rollback vXX`
          2. [ ] `heroku config:set PAGE_SIZE=$(< PAGE_SIZE.old)`
          3. [ ] `heroku config:set MOTTO=$(< MOTTO.old)`
        """;

    /// <summary>The release phase migrates; there is no rollback database, the way back is alembic's.</summary>
    public const string Downgrade = """
        ## Solution
        **Original issue and supporting materials**: #1 remember when a user signed up
        **Downsides**: None

        ## Roll-out plan
        **Deployment risks**: None
        **Deployment assistants**: None
        **Backing services related changes**:
          * postgres: a new column
        **Backuping steps**:
          1. [ ] `heroku pg:backups:capture --app sushi`
        **Deployment steps**:
          1. [ ] Merge PR into master
          2. [ ] Deploy app new release

        ## Verification plan
          1. [ ] Monitor papertrail and getsentry

        ## Rollback strategy
          1. [ ] `heroku run alembic downgrade 0001 --app sushi`
          2. [ ] Rollback release to previous revision: `heroku rollback vXX`
        """;

    /// <summary>The roll-out is a promotion; going back is another.</summary>
    public const string Promotion = """
        ## Solution
        **Original issue and supporting materials**: #12 a bigger database
        **Downsides**: None

        ## Roll-out plan
        **Deployment risks**: None
        **Deployment assistants**: None
        **Backing services related changes**: the primary database
        **Backuping steps**: None
        **Deployment steps**:
          1. [ ] `heroku maintenance:on`
          2. [ ] `heroku pg:promote HEROKU_POSTGRESQL_RED`
          3. [ ] `heroku maintenance:off`

        ## Verification plan
          1. [ ] Monitor papertrail and getsentry

        ## Rollback strategy
          1. [ ] `heroku pg:promote HEROKU_POSTGRESQL_YELLOW`
        """;

    /// <summary>The rollback database becomes the primary, then new code is released; or the other way round.</summary>
    public static string PromotionAnd(bool releaseFirst)
    {
        string[] steps = ["`heroku pg:promote HEROKU_POSTGRESQL_SILVER --app sushi`", "Deploy app new release, it may take up to 40 minutes"];
        return $"""
            ## Solution
            **Original issue and supporting materials**: #3 remove username
            **Downsides**: None

            ## Roll-out plan
            **Deployment risks**: None
            **Deployment assistants**: @dz0ny
            **Backing services related changes**: the primary database
            **Backuping steps**:
              1. [ ] `heroku addons:create heroku-postgresql:standard-0 --rollback HEROKU_POSTGRESQL_YELLOW --to now --app sushi`
            **Deployment steps**:
              1. [ ] Merge PR into master
              2. [ ] `heroku maintenance:on`
              3. [ ] {steps[releaseFirst ? 1 : 0]}
              4. [ ] {steps[releaseFirst ? 0 : 1]}
              5. [ ] `heroku maintenance:off`

            ## Verification plan
              1. [ ] Monitor papertrail and getsentry

            ## Rollback strategy
              1. [ ] `heroku rollback vXX`
              2. [ ] `heroku pg:promote HEROKU_POSTGRESQL_YELLOW`
            """;
    }

    /// <summary>Heroku refuses to overwrite an attachment's config var.</summary>
    public const string AttachedVar = """
        ## Solution
        **Original issue and supporting materials**: #12 a small change
        **Downsides**: None

        ## Roll-out plan
        **Deployment risks**: None
        **Deployment assistants**: None
        **Backing services related changes**: None
        **Backuping steps**: None
        **Deployment steps**:
          1. [ ] Merge PR into master
          2. [ ] `heroku maintenance:on`
          3. [ ] `heroku config:set DATABASE_URL=postgres://host/name`
          4. [ ] Deploy app new release
          5. [ ] `heroku maintenance:off`

        ## Verification plan
          1. [ ] Monitor papertrail and getsentry

        ## Rollback strategy
          1. [ ] `heroku rollback vXX`
        """;

    /// <summary>A person is waited for between merge and release.</summary>
    public const string WaitingForPeople = """
        ## Solution
        **Original issue and supporting materials**: #12 a small change
        **Downsides**: None

        ## Roll-out plan
        **Deployment risks**: None
        **Deployment assistants**: None
        **Backing services related changes**: None
        **Backuping steps**: None
        **Deployment steps**:
          1. [ ] Merge PR into master
          2. [ ] tell the team that it begins
          3. [ ] Deploy app new release

        ## Verification plan
          1. [ ] Monitor papertrail and getsentry

        ## Rollback strategy
          1. [ ] `heroku rollback vXX`
        """;

    /// <summary>Two people are waited for, and nothing is merged before they have answered; what came before can be undone.</summary>
    public const string Asking = """
        ## Solution
        **Original issue and supporting materials**: #12 a small change
        **Downsides**: None

        ## Roll-out plan
        **Deployment risks**: None
        **Deployment assistants**: None
        **Backing services related changes**:
          * environment variables: `PAGE_SIZE`
        **Backuping steps**:
          1. [ ] `heroku config:get PAGE_SIZE > PAGE_SIZE.old`
        **Deployment steps**:
          1. [ ] `heroku config:set PAGE_SIZE=99 --app sushi`
          2. [ ] tell the team that it begins
          3. [ ] tell the kitchen that it begins
          4. [ ] Merge PR into master
          5. [ ] Deploy app new release

        ## Verification plan
          1. [ ] Monitor papertrail and getsentry

        ## Rollback strategy
          1. [ ] `heroku rollback vXX`
          2. [ ] `heroku config:set PAGE_SIZE=$(< PAGE_SIZE.old)`
        """;
}
