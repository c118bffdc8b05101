<?php

class User
{
    #[Assert\Length(min: 14, max: 30)]
    private string $plainPassword;
}
